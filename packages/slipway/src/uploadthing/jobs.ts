import { defineJob } from '@repo/foundation/jobs';
import { z } from 'zod';

/** Forgets what servers said of uploads that are over, or never came. */
export const forgetRoutesJob = defineJob({
  name: 'uploadthing.forget-routes',
  payload: z.object({}),
  cron: '41 * * * *',
  concurrency: 1,
  exclusive: true,
  retryLimit: 0,
});
