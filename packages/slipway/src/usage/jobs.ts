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

/** Looks for organizations that come near a quota. */
export const watchUsageJob = defineJob({
  name: 'usage.watch',
  payload: z.object({}),
  cron: '*/5 * * * *',
  concurrency: 1,
  retryLimit: 0,
});

/** Once for each organization, month, metric and percentage. */
export const thresholdReachedJob = defineJob({
  name: 'usage.threshold_reached',
  payload: z.object({
    organizationId: z.string(),
    month: z.string(),
    metric: z.string(),
    percent: z.number(),
  }),
  retryLimit: 5,
});
