import { z } from 'zod';
import { defineJob } from '../jobs/index.ts';

/** Forgets answers after a day. */
export const pruneIdempotencyKeysJob = defineJob({
  name: 'idempotency.prune',
  payload: z.object({}),
  cron: '17 * * * *',
  concurrency: 1,
  retryLimit: 0,
});
