import { MOST_TRIES } from '@repo/foundation/webhook';
import { and, asc, eq, gte, isNull, lte, or } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { deliverCallbackJob } from './jobs.ts';
import { uploadCallback } from './table.ts';

const MOST_WOKEN = 1_000;

/** Handler of `callback.sweep`: for what a killed process left lying, or a server that never answered. */
export async function sweepCallbacks(ctx: SlipwayContext): Promise<void> {
  const now = ctx.now();
  const isIdle = and(
    eq(uploadCallback.state, 'pending'),
    or(isNull(uploadCallback.busyUntil), lte(uploadCallback.busyUntil, now)),
  );
  await ctx.db
    .update(uploadCallback)
    .set({ state: 'failed', busyUntil: null, finishedAt: now })
    .where(and(isIdle, gte(uploadCallback.attempts, MOST_TRIES)));
  const due = await ctx.db
    .select({ fileId: uploadCallback.fileId })
    .from(uploadCallback)
    .where(and(isIdle, lte(uploadCallback.nextAttemptAt, now)))
    .orderBy(asc(uploadCallback.nextAttemptAt))
    .limit(MOST_WOKEN);
  for (const { fileId } of due)
    await ctx.queue.enqueue(ctx.db, deliverCallbackJob, { payload: { fileId } });
}
