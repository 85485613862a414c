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
