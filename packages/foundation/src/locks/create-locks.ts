import type { Logger } from '../telemetry/index.ts';
import { keepSession } from './keep-session.ts';
import { lockKey } from './lock-key.ts';
import { createLockTable, type Entry } from './lock-table.ts';

export interface AcquireOptions {
  /** How long to wait for whoever has it; 0 tries once. */
  waitMs?: number;
  /** Ask the holder to let go, instead of waiting until it does by itself. */
  ask?: boolean;
  /** Somebody asked for the lock: end soon what it is held for. May be called more than once. */
  onReleaseRequested?: () => void;
}

export interface HeldLock {
  /** Aborts when the lock was lost with its connection: from then on others may have it. */
  readonly signal: AbortSignal;
  release(): Promise<void>;
}

/**
 * Named locks that one process at a time can hold, of all that share a database. They are session
 * advisory locks, so a killed process has none: Postgres frees them as its connection closes.
 */
export interface Locks {
  /** Null when others kept it for all of `waitMs`. */
  acquire(name: string, options?: AcquireOptions): Promise<HeldLock | null>;
  close(): Promise<void>;
}

const PAUSES_MS = [20, 40, 80, 160];
const LONGEST_PAUSE_MS = 250;

/** All locks of a process are held by one connection, so it needs one that is its own, without a pooler. */
export function createLocks(options: {
  url: string;
  log: Logger;
  /** How long the connection may be silent; twice that, and its locks count as lost. */
  patienceMs?: number;
}): Locks {
  const { url, log, patienceMs } = options;
  const table = createLockTable();
  const kept = keepSession({ url, log, patienceMs, onMessage: table.hear, onGone: table.giveUp });

  async function attempt(key: string, { ask, onReleaseRequested }: AcquireOptions) {
    const message = ask === true ? 'ask' : 'want';
    const entry = table.add(key, onReleaseRequested);
    if (entry === null) {
      table.hear(message, key);
      return null;
    }
    try {
      const session = await kept.get();
      if ((await session.tryLock(key, message)) && !session.isOver()) entry.session = session;
    } finally {
      if (entry.session === undefined) table.remove(key);
    }
    return entry.session === undefined ? null : heldLock(key, entry);
  }

  function heldLock(key: string, entry: Entry): HeldLock {
    let released: Promise<void> | undefined;
    const release = async () => {
      try {
        if (!entry.lost.signal.aborted) await entry.session?.unlock(key, entry.wanted);
      } catch (error) {
        log.warn({ err: error }, 'a lock was only released with its connection');
      } finally {
        table.remove(key);
      }
    };
    return {
      signal: entry.lost.signal,
      release() {
        released ??= release();
        return released;
      },
    };
  }

  return {
    async acquire(name, input = {}) {
      const key = lockKey(name);
      const deadline = performance.now() + (input.waitMs ?? 0);
      const left = () => deadline - performance.now();
      for (let attempts = 0; ; attempts += 1) {
        const lock = await attempt(key, input).catch((error: unknown) => {
          // A database that restarts may be back in time.
          if (left() <= 0) throw error;
          return null;
        });
        if (lock !== null) return lock;
        if (left() <= 0) return null;
        await table.wait(key, Math.min(PAUSES_MS[attempts] ?? LONGEST_PAUSE_MS, left()));
      }
    },
    close: kept.close,
  };
}
