import { defineJob } from '@repo/foundation/jobs';
import { z } from 'zod';

/** One attempt to tell a developer's server of an upload's end; others have another number. */
export const callbackJob = defineJob({
  name: 'uploadthing.callback',
  payload: z.object({ fileId: z.string(), attempt: z.number().int() }),
  concurrency: 8,
  retryLimit: 5,
});

/** Forgets what servers said of uploads that are over, or never came. */
export const forgetRoutesJob = defineJob({
  name: 'uploadthing.forget-routes',
  payload: z.object({}),
  cron: '41 * * * *',
  concurrency: 1,
  exclusive: true,
  retryLimit: 0,
});
