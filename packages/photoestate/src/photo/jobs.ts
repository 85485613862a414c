import { defineJob } from '@repo/foundation/jobs';
import { z } from 'zod';

/** Reads a new photo's EXIF and size, makes its small versions, and sorts it into a scene. */
export const inspectPhotoJob = defineJob({
  name: 'photo.inspect',
  payload: z.object({ photoId: z.string() }),
  retryLimit: 6,
  retryDelay: 2,
  expireInSeconds: 300,
  concurrency: 2,
});
