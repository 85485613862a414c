import { slipwayError } from '../errors.ts';

/** What all uploads of this process that gather parts may hold at once. */
const BUDGET = 512 * 1024 ** 2;
let held = 0;

/**
 * Sets memory aside; the returned function gives it back.
 *
 * @throws `unavailable` when too much is held already: the client comes again.
 */
export function reserveMemory(bytes: number): () => void {
  if (held > 0 && held + bytes > BUDGET) {
    throw slipwayError('unavailable', 'Too many uploads are arriving at once; try again.', {
      retryAfter: 2,
    });
  }
  held += bytes;
  let given = false;
  return () => {
    if (!given) held -= bytes;
    given = true;
  };
}
