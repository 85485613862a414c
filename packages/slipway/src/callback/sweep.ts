import { MOST_TRIES } from '@repo/foundation/webhook';
import { and, asc, eq, gte, isNull, lte, or } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { file } from '../file/table.ts';
import { enqueueCallback } from './jobs.ts';
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
    .select({ fileId: uploadCallback.fileId, projectId: file.projectId })
    .from(uploadCallback)
    .innerJoin(file, eq(file.id, uploadCallback.fileId))
    .where(and(isIdle, lte(uploadCallback.nextAttemptAt, now)))
    .orderBy(asc(uploadCallback.nextAttemptAt))
    .limit(MOST_WOKEN);
  for (const each of due) await enqueueCallback(ctx.db, ctx, each);
}
