import { defineJob } from '@repo/foundation/jobs';
import { z } from 'zod';

/** Makes the copies of one photo that its delivery offers. First photos come first, so that no delivery waits for all of another. */
export const prepareCopiesJob = defineJob({
  name: 'delivery.prepare',
  payload: z.object({ photoId: z.string() }),
  retryLimit: 6,
  retryDelay: 10,
  concurrency: 1,
  oneWaiting: true,
});

/** Asks for copies with the sender's new name across them. */
export const markAgainJob = defineJob({
  name: 'delivery.mark_again',
  payload: z.object({ organizationId: z.string() }),
  retryLimit: 5,
  retryDelay: 5,
  concurrency: 1,
  oneWaiting: true,
});

/** Tells the recipients of a delivery where their photos are. */
export const announceDeliveryJob = defineJob({
  name: 'delivery.announce',
  payload: z.object({
    deliveryId: z.string(),
    linkNumber: z.number(),
    number: z.number(),
    /** Jobs of earlier versions have none: all that the delivery has are told. */
    recipients: z.array(z.string()).optional(),
  }),
  retryLimit: 5,
  retryDelay: 5,
  concurrency: 1,
});

/** Finds copies that are missing because a worker was killed or gave up. */
export const recoverCopiesJob = defineJob({
  name: 'delivery.recover',
  payload: z.object({}),
  retryLimit: 0,
  concurrency: 1,
  exclusive: true,
  expireInSeconds: 900,
  cron: '*/10 * * * *',
});
