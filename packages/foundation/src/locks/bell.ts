export interface Bell {
  ring(key: string): void;
  /** Until the bell rings for `key`, `ms` at most. */
  wait(key: string, ms: number): Promise<void>;
}

/** Wakes those who wait for a key, before their pause is over. */
export function createBell(): Bell {
  const waiting = new Map<string, Set<() => void>>();
  return {
    ring(key) {
      for (const wake of waiting.get(key) ?? []) wake();
    },
    wait(key, ms) {
      return new Promise((resolve) => {
        const set = waiting.get(key) ?? new Set();
        waiting.set(key, set);
        const wake = () => {
          clearTimeout(timer);
          set.delete(wake);
          if (set.size === 0 && waiting.get(key) === set) waiting.delete(key);
          resolve();
        };
        const timer = setTimeout(wake, ms);
        set.add(wake);
      });
    },
  };
}
