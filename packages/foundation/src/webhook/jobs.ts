import { z } from 'zod';
import { defineJob } from '../jobs/index.ts';

/** Sends one event to one endpoint, when it is its turn. */
export const deliverJob = defineJob({
  name: 'webhook.deliver',
  payload: z.object({ deliveryId: z.string() }),
  concurrency: 10,
  expireInSeconds: 60,
});

/** Finds deliveries whose time has come and that no job is on its way for. */
export const sweepDeliveriesJob = defineJob({
  name: 'webhook.sweep',
  payload: z.object({}),
  cron: '* * * * *',
  concurrency: 1,
  exclusive: true,
  retryLimit: 0,
});
