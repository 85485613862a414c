import { createLocks, type Locks } from '@repo/foundation/locks';
import { sql } from 'drizzle-orm';
import type { TusWorld } from './world.ts';

/** As when Postgres is restarted, or fails over: every lock is free, also those that are still used. */
export async function loseLocks({ runtime }: TusWorld): Promise<void> {
  await runtime.db.execute(
    sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'locks' and datname = current_database()`,
  );
}

/** As another process has them: one alone never takes a lock twice, whatever Postgres says. */
export function otherLocks({ runtime, jobContext }: TusWorld): Locks {
  return createLocks({ url: runtime.env.DATABASE_URL, log: jobContext().log });
}

/** Holds whoever wants to pass until it is opened. */
export function createGate() {
  const opened = Promise.withResolvers<void>();
  const reached = Promise.withResolvers<void>();
  return {
    reached: reached.promise,
    open: () => opened.resolve(),
    async pass() {
      reached.resolve();
      await opened.promise;
    },
  };
}
