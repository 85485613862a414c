import { slipwayError } from '../../errors.ts';
import type { Storage } from '../../storage/storage.ts';
import { storageUnavailable } from '../../storage/unavailable.ts';
import { unlessSilent } from '../../storage/unless-silent.ts';

/**
 * Reads a range of an object into memory; all of it, or an error. Never more than one range is on its
 * way, so that a slow target does not make the source wait in the middle of an answer.
 */
export async function readPart(
  storage: Storage,
  { key, start, into }: { key: string; start: number; into: Buffer },
): Promise<void> {
  if (into.length === 0) return;
  const stream = await storage.read(key, { start, end: start + into.length - 1 });
  if (stream === null) throw gone();
  let filled = 0;
  try {
    for await (const chunk of unlessSilent(stream)) {
      if (filled + chunk.length > into.length)
        throw new Error('more bytes came than were asked for');
      into.set(chunk, filled);
      filled += chunk.length;
    }
    if (filled < into.length)
      throw new Error(`expected ${into.length} bytes of the range, received ${filled}`);
  } catch (error) {
    throw storageUnavailable(error);
  }
}

export function gone() {
  return slipwayError('object_missing', 'The object is not in the storage where it should be.');
}
