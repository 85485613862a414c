import { defineJob } from '@repo/foundation/jobs';
import { z } from 'zod';

const byClock = { payload: z.object({}), concurrency: 1, exclusive: true, retryLimit: 0 } as const;

/** Tells of failed uploads, of each project at most once an hour. */
export const digestFailedUploadsJob = defineJob({
  ...byClock,
  name: 'notify.failed_uploads',
  cron: '*/5 * * * *',
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
