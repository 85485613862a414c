import { defineJob } from '@repo/foundation/jobs';
import { z } from 'zod';

/** Removes files that killed workers stored and nothing names. */
export const sweepFilesJob = defineJob({
  name: 'files.sweep',
  payload: z.object({}),
  retryLimit: 0,
  concurrency: 1,
  cron: '17 * * * *',
});
