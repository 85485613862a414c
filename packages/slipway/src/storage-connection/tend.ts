import type { JobRun } from '@repo/foundation/jobs';
import { and, eq, isNull, lt, or } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { moveFilesJob } from './jobs.ts';
import { clearLeftovers } from './move/clear-leftovers.ts';
import { storageMove } from './table.ts';

/** Handler of `storage.tend`. */
export async function tendStorages(
  ctx: SlipwayContext,
  _payload: object,
  run: Pick<JobRun, 'signal'>,
): Promise<void> {
  await wakeMoves(ctx);
  await clearLeftovers(ctx, { stop: run.signal });
}

/** Those that nobody works on: their pass ended with files left, or their process was killed. */
async function wakeMoves(ctx: SlipwayContext): Promise<void> {
  const idle = await ctx.db
    .select({ id: storageMove.id })
    .from(storageMove)
    .where(
      and(
        eq(storageMove.status, 'running'),
        or(isNull(storageMove.turnUntil), lt(storageMove.turnUntil, ctx.now())),
      ),
    );
  for (const { id } of idle)
    await ctx.queue.enqueue(ctx.db, moveFilesJob, { payload: { moveId: id } });
}
