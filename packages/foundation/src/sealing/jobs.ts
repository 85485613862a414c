import { z } from 'zod';
import { defineJob } from '../jobs/index.ts';

/** Seals what older keys sealed with the newest one, so that they may go. */
export const resealJob = defineJob({
  name: 'sealing.reseal',
  payload: z.object({}),
  cron: '*/5 * * * *',
  concurrency: 1,
  exclusive: true,
  retryLimit: 0,
  expireInSeconds: 3600,
});
