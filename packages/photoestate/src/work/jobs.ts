import { defineJob } from '@repo/foundation/jobs';
import { z } from 'zod';

/** Removes files that killed workers stored and nothing names. */
export const sweepFilesJob = defineJob({
  name: 'files.sweep',
  payload: z.object({}),
  retryLimit: 0,
  concurrency: 1,
  exclusive: true,
  expireInSeconds: 3000,
  cron: '17 * * * *',
});

/**
 * Removes files that nothing names any more; enqueued where the last thing that did goes. Nothing else remembers
 * them, so it is tried for a day and more.
 */
export const discardFilesJob = defineJob({
  name: 'files.discard',
  payload: z.object({ fileIds: z.array(z.string()).max(100) }),
  retryLimit: 14,
  retryDelay: 10,
});
