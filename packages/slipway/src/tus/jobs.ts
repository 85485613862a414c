import { defineJob } from '@repo/foundation/jobs';
import { z } from 'zod';

/** Makes one file of the pieces of an upload. */
export const concatenateJob = defineJob({
  name: 'tus.concatenate',
  payload: z.object({ fileId: z.string() }),
  concurrency: 2,
  retryLimit: 10,
  // Hundreds of gigabytes may have to be copied.
  expireInSeconds: 6 * 3600,
});

/** Forgets how often tokens were used that are over. */
export const forgetTokensJob = defineJob({
  name: 'upload-token.forget',
  payload: z.object({}),
  cron: '17 * * * *',
  concurrency: 1,
  retryLimit: 0,
});
