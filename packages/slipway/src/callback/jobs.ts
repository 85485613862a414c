import { defineJob } from '@repo/foundation/jobs';
import { z } from 'zod';

/** Tells a server of an upload's end, when that is due. */
export const deliverCallbackJob = defineJob({
  name: 'callback.deliver',
  payload: z.object({ fileId: z.string() }),
  concurrency: 8,
  retryLimit: 5,
  expireInSeconds: 120,
});

/** Finds callbacks that are due and that no job is on its way for. */
export const sweepCallbacksJob = defineJob({
  name: 'callback.sweep',
  payload: z.object({}),
  cron: '* * * * *',
  concurrency: 1,
  exclusive: true,
  retryLimit: 0,
});
