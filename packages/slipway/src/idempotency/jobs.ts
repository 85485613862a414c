import { defineJob } from '@repo/foundation/jobs';
import { z } from 'zod';

/** Forgets answers after a day. */
export const pruneIdempotencyKeysJob = defineJob({
  name: 'idempotency.prune',
  payload: z.object({}),
  cron: '17 * * * *',
  concurrency: 1,
  retryLimit: 0,
});
