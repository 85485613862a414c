import { appError } from '../errors/index.ts';
import { createBell } from './bell.ts';
import type { LockMessage, LockSession } from './lock-session.ts';

/** A lock that somebody in this process holds, or is trying to get. */
export interface Entry {
  /** The session that holds it; while there is none, this only keeps others here from trying, too. */
  session: LockSession | undefined;
  readonly lost: AbortController;
  readonly onReleaseRequested: (() => void) | undefined;
  /** Others wait for it. */
  wanted: boolean;
}

/**
 * What this process holds. Postgres would give one session the same lock twice, so whoever wants
 * one puts an entry here first.
 */
export function createLockTable() {
  const entries = new Map<string, Entry>();
  const bell = createBell();

  return {
    /** Null when there is an entry already; then its holder hears the message. */
    add(key: string, onReleaseRequested: Entry['onReleaseRequested']): Entry | null {
      if (entries.has(key)) return null;
      const lost = new AbortController();
      const entry: Entry = { session: undefined, lost, onReleaseRequested, wanted: false };
      entries.set(key, entry);
      return entry;
    },
    remove(key: string): void {
      entries.delete(key);
      bell.ring(key);
    },
    /** What waiters and holders say, in this process or in another one. */
    hear(message: LockMessage, key: string): void {
      const entry = entries.get(key);
      if (message === 'free') bell.ring(key);
      else if (entry?.session !== undefined) {
        entry.wanted = true;
        if (message === 'ask') entry.onReleaseRequested?.();
      }
    },
    /** Tells its holders; the entries stay until those, who run here, have really stopped. */
    giveUp(session: LockSession): void {
      for (const entry of entries.values()) {
        if (entry.session !== session) continue;
        entry.lost.abort(
          appError('unavailable', 'The connection to the database was lost; try again.', {
            retryAfter: 1,
          }),
        );
      }
    },
    wait: bell.wait,
  };
}
