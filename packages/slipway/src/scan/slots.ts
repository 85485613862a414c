import { ScannerError } from './scanner-error.ts';

/** So many at once, so many waiting in order; further ones are refused. */
export function createSlots(limits: { atOnce: number; waiting: number }) {
  let free = limits.atOnce;
  const queue: (() => void)[] = [];

  const take = async (): Promise<void> => {
    if (free > 0) {
      free -= 1;
      return;
    }
    if (queue.length >= limits.waiting) {
      throw new ScannerError('busy', `${queue.length} scans wait already; try again later.`);
    }
    await new Promise<void>((resolve) => queue.push(resolve));
  };
  /** The slot goes to whoever waits longest, without having been free in between. */
  const give = (): void => {
    const next = queue.shift();
    if (next === undefined) free += 1;
    else next();
  };

  return async function inSlot<T>(work: () => Promise<T>): Promise<T> {
    await take();
    try {
      return await work();
    } finally {
      give();
    }
  };
}
