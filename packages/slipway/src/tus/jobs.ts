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
