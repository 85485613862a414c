import type { Logger } from '../telemetry/index.ts';
import { type LockSession, type LockSessionOptions, openLockSession } from './lock-session.ts';

export interface KeptSession {
  /** The session, connected when it is first needed, and again when it was lost. */
  get(): Promise<LockSession>;
  close(): Promise<void>;
}

export function keepSession(
  options: Omit<LockSessionOptions, 'onLost'> & {
    log: Logger;
    /** Its locks may belong to others now. */
    onGone(session: LockSession): void;
  },
): KeptSession {
  let current: Promise<LockSession> | undefined;

  function connect(): Promise<LockSession> {
    const forget = () => {
      if (current === session) current = undefined;
    };
    const session = openLockSession({
      ...options,
      onLost(cause) {
        forget();
        options.log.warn({ err: cause }, 'the connection that holds the locks was lost');
        session.then(options.onGone, () => undefined);
      },
    });
    session.catch(forget);
    return session;
  }

  return {
    get() {
      current ??= connect();
      return current;
    },
    async close() {
      const session = await current?.catch(() => undefined);
      current = undefined;
      if (session === undefined) return;
      options.onGone(session);
      await session.close();
    },
  };
}
