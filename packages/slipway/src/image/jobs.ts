import { defineJob } from '@repo/foundation/jobs';
import { z } from 'zod';

/** Makes the thumbnail of a picture that has just become ready. */
export const makeThumbnailJob = defineJob({
  name: 'image.thumbnail',
  payload: z.object({ fileId: z.string() }),
  concurrency: 2,
  retryLimit: 3,
});
