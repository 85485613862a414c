import { defineJob } from '@repo/foundation/jobs';
import { z } from 'zod';

const byClock = { payload: z.object({}), concurrency: 1, exclusive: true, retryLimit: 0 } as const;

/** Tells of failed uploads, of each project at most once an hour. */
export const digestFailedUploadsJob = defineJob({
  ...byClock,
  name: 'notify.failed_uploads',
  cron: '*/5 * * * *',
});

/** Finds those for whom it is eight in the morning; zones differ by quarters of an hour. */
export const dailySummaryJob = defineJob({
  ...byClock,
  name: 'notify.daily_summary',
  cron: '*/15 * * * *',
  expireInSeconds: 840,
});

export const expiringKeysJob = defineJob({
  ...byClock,
  name: 'notify.expiring_keys',
  cron: '7 * * * *',
});

export const endpointDisabledJob = defineJob({
  name: 'notify.endpoint_disabled',
  payload: z.object({ endpointId: z.string() }),
});
