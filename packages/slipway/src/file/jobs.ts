import { defineJob } from '@repo/foundation/jobs';
import { z } from 'zod';

/** Erases the bytes of a deleted file. */
export const eraseFileJob = defineJob({
  name: 'file.erase',
  payload: z.object({ fileId: z.string() }),
  retryLimit: 10,
});

/** Looks at the bytes of a large file. */
export const verifyFileJob = defineJob({
  name: 'file.verify',
  payload: z.object({ fileId: z.string() }),
  concurrency: 2,
  exclusive: true,
  retryLimit: 3,
  // Hundreds of gigabytes may have to be read.
  expireInSeconds: 6 * 3600,
});

/** Brings uploads to their end that nobody completed. */
export const sweepFilesJob = defineJob({
  name: 'file.sweep',
  payload: z.object({}),
  cron: '* * * * *',
  concurrency: 1,
  exclusive: true,
  retryLimit: 0,
});
