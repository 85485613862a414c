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

/** Takes in what was uploaded while nobody was there to say so, and inspections that were lost. */
export const adoptUploadsJob = defineJob({
  name: 'photo.adopt',
  payload: z.object({}),
  retryLimit: 0,
  concurrency: 1,
  exclusive: true,
  expireInSeconds: 900,
  cron: '*/2 * * * *',
});

/** The same for uploads that took longer than a day, of which there may be many pages to look through. */
export const adoptLateUploadsJob = defineJob({
  name: 'photo.adopt_late',
  payload: z.object({}),
  retryLimit: 0,
  concurrency: 1,
  exclusive: true,
  expireInSeconds: 3000,
  cron: '31 * * * *',
});
