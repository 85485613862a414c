/** Runs work in a limited number of lanes; the rest waits its turn. */
export function createLanes(free: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  return async (work) => {
    while (free < 1) await new Promise<void>((resolve) => waiting.push(resolve));
    free -= 1;
    try {
      return await work();
    } finally {
      free += 1;
      waiting.shift()?.();
    }
  };
}
