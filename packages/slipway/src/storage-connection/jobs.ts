import { defineJob } from '@repo/foundation/jobs';
import { z } from 'zod';

/** Moves a project's files to another storage: one pass. */
export const moveFilesJob = defineJob({
  name: 'storage.move',
  payload: z.object({ moveId: z.string() }),
  concurrency: 2,
  // `storage.tend` sees to it that a move which nobody works on goes on.
  retryLimit: 0,
  expireInSeconds: 6 * 3600,
});

/** Keeps moves going, and removes what they left behind. */
export const tendStoragesJob = defineJob({
  name: 'storage.tend',
  payload: z.object({}),
  cron: '* * * * *',
  concurrency: 1,
  retryLimit: 0,
  expireInSeconds: 3600,
});
