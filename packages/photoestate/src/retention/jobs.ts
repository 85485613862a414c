import { defineJob } from '@repo/foundation/jobs';
import { z } from 'zod';

/** Forgets logs that are older than anybody asks for. */
export const forgetLogsJob = defineJob({
  name: 'retention.forget',
  payload: z.object({}),
  cron: '23 4 * * *',
  concurrency: 1,
  exclusive: true,
  retryLimit: 0,
  expireInSeconds: 3600,
});
