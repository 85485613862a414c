import { and, eq, isNull, lte, or } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { uploadCallback } from './table.ts';

/** For the server to do its work and to answer. */
export const ATTEMPT_MS = 60_000;

/**
 * Counts an attempt and makes it the caller's; false when it is another's, or none. If this process
 * dies, `callback.sweep` has the next one made once the server's time is over.
 */
export async function beginAttempt(
  ctx: SlipwayContext,
  { fileId, attempts }: { fileId: string; attempts: number },
): Promise<boolean> {
  const now = ctx.now();
  const changed = await ctx.db
    .update(uploadCallback)
    .set({ attempts: attempts + 1, busyUntil: new Date(now.getTime() + ATTEMPT_MS) })
    .where(
      and(
        eq(uploadCallback.fileId, fileId),
        eq(uploadCallback.state, 'pending'),
        eq(uploadCallback.attempts, attempts),
        or(isNull(uploadCallback.busyUntil), lte(uploadCallback.busyUntil, now)),
      ),
    )
    .returning({ fileId: uploadCallback.fileId });
  return changed.length > 0;
}

/** Of one that was broken off: nobody waits for its answer. */
export async function leaveAttempt(
  ctx: SlipwayContext,
  { fileId, attempts }: { fileId: string; attempts: number },
): Promise<void> {
  await ctx.db
    .update(uploadCallback)
    .set({ busyUntil: null })
    .where(and(eq(uploadCallback.fileId, fileId), eq(uploadCallback.attempts, attempts)));
}
