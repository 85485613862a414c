import { defineJob } from '@repo/foundation/jobs';
import { z } from 'zod';

/**
 * Sorts a listing's frames into scenes. Asked for by every frame that is ready, under the listing's
 * lock and with its id as the key: three hundred frames that come at once make a few runs.
 */
export const regroupListingJob = defineJob({
  name: 'scene.regroup',
  payload: z.object({ listingId: z.string() }),
  concurrency: 2,
  oneWaiting: true,
});
