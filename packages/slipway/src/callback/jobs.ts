import type { Db, Tx } from '@repo/foundation/db';
import { defineJob } from '@repo/foundation/jobs';
import { z } from 'zod';
import type { SlipwayContext } from '../context.ts';

/** Tells a server of an upload's end, when that is due. */
export const deliverCallbackJob = defineJob({
  name: 'callback.deliver',
  payload: z.object({ fileId: z.string() }),
  concurrency: 8,
  // A project whose server hangs keeps the others waiting for nothing.
  perGroup: 3,
  retryLimit: 5,
  expireInSeconds: 120,
});

/** Has an attempt made, at once or so many seconds from now. */
export async function enqueueCallback(
  tx: Tx | Db,
  ctx: SlipwayContext,
  { fileId, projectId, delaySeconds }: { fileId: string; projectId: string; delaySeconds?: number },
): Promise<void> {
  await ctx.queue.enqueue(tx, deliverCallbackJob, {
    payload: { fileId },
    group: projectId,
    ...(delaySeconds === undefined ? {} : { delaySeconds }),
  });
}

/** Finds callbacks that are due and that no job is on its way for. */
export const sweepCallbacksJob = defineJob({
  name: 'callback.sweep',
  payload: z.object({}),
  cron: '* * * * *',
  concurrency: 1,
  exclusive: true,
  retryLimit: 0,
});
