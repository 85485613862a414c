import { defineJob } from '@repo/foundation/jobs';
import { z } from 'zod';

/** Erases the objects of a deleted project, then its rows. */
export const eraseProjectJob = defineJob({
  name: 'project.erase',
  payload: z.object({ projectId: z.string() }),
  expireInSeconds: 3600,
  retryLimit: 10,
  concurrency: 1,
});
