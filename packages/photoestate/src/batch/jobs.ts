import { defineJob } from '@repo/foundation/jobs';
import { z } from 'zod';

/** Ends what is paused for longer than credits are held. */
export const cancelPausedJob = defineJob({
  name: 'batch.cancel_paused',
  payload: z.object({}),
  retryLimit: 0,
  concurrency: 1,
  exclusive: true,
  cron: '47 * * * *',
});
