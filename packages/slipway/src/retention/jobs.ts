import { defineJob } from '@repo/foundation/jobs';
import { z } from 'zod';

/** Forgets logs as the plans of their organizations say. */
export const forgetLogsJob = defineJob({
  name: 'retention.forget',
  payload: z.object({}),
  cron: '23 * * * *',
  concurrency: 1,
  exclusive: true,
  retryLimit: 0,
  expireInSeconds: 3600,
});
