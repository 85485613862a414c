import { defineJob } from '@repo/foundation/jobs';
import { z } from 'zod';

/** Writes down what expired. */
export const expireCreditsJob = defineJob({
  name: 'credit.expire',
  payload: z.object({}),
  retryLimit: 0,
  concurrency: 1,
  cron: '*/5 * * * *',
});
