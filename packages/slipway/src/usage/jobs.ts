import { defineJob } from '@repo/foundation/jobs';
import { z } from 'zod';

/** Adds up what projects store. */
export const countUsageJob = defineJob({
  name: 'usage.count',
  payload: z.object({}),
  cron: '* * * * *',
  concurrency: 1,
  retryLimit: 0,
});
