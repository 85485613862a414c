import { defineJob } from '@repo/foundation/jobs';
import { z } from 'zod';

/** Forgets receipts that no page asks for any more. */
export const pruneEditsJob = defineJob({
  name: 'edit.prune',
  payload: z.object({}),
  retryLimit: 0,
  concurrency: 1,
  cron: '41 3 * * *',
});
