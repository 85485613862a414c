import { z } from 'zod';
import { defineJob } from '../jobs/index.ts';

/** Forgets budgets of which nothing is spent. */
export const pruneRateBudgetsJob = defineJob({
  name: 'rate.prune',
  payload: z.object({}),
  cron: '*/10 * * * *',
  concurrency: 1,
  retryLimit: 0,
});
