import { defineJob } from '@repo/foundation/jobs';
import { z } from 'zod';

/** Compares storages with the rows, in both directions. */
export const reconcileJob = defineJob({
  name: 'storage.reconcile',
  /** One storage (null: that of the configuration), or all without it. */
  payload: z.object({ storageId: z.string().nullable().optional() }),
  cron: '17 */6 * * *',
  concurrency: 1,
  retryLimit: 1,
  // Millions of objects are listed a thousand at a time.
  expireInSeconds: 4 * 3600,
});

/** Reads files back that nobody looked at for long. */
export const scrubJob = defineJob({
  name: 'storage.scrub',
  payload: z.object({}),
  cron: '41 * * * *',
  concurrency: 1,
  retryLimit: 0,
  expireInSeconds: 3000,
});

/** Reads one file back, because serving it did not give what it should. */
export const scrubFileJob = defineJob({
  name: 'storage.scrub-file',
  payload: z.object({ fileId: z.string() }),
  retryLimit: 3,
  expireInSeconds: 3600,
});
