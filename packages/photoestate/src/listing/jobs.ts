import { defineJob } from '@repo/foundation/jobs';
import { z } from 'zod';

/** Removes what people deleted in a listing, or all of it: files in Slipway first, rows after. */
export const cleanListingJob = defineJob({
  name: 'listing.clean',
  payload: z.object({ listingId: z.string() }),
  retryLimit: 10,
  retryDelay: 10,
  concurrency: 1,
});

/** Has what a lost or failed job left uncleaned cleaned after all. */
export const recoverCleaningJob = defineJob({
  name: 'listing.recover-cleaning',
  payload: z.object({}),
  retryLimit: 0,
  concurrency: 1,
  cron: '37 * * * *',
});
