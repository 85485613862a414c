import { defineJob } from '@repo/foundation/jobs';
import { z } from 'zod';

/** The most that ENGINE_MAX_SECONDS may be, and the time for fetching originals and storing results. */
const EXPIRE_SECONDS = 840 + 10 * 60;

/** Makes one version of a scene's finished photo. How many at once is up to the machine: `work/capacity.ts`. */
export const enhanceSceneJob = defineJob({
  name: 'scene.enhance',
  payload: z.object({ enhancementId: z.string() }),
  retryLimit: 4,
  retryDelay: 3,
  expireInSeconds: EXPIRE_SECONDS,
  concurrency: 1,
});

/** Takes up work whose worker fell silent and whose job is gone. */
export const recoverEnhancementsJob = defineJob({
  name: 'enhancement.recover',
  payload: z.object({}),
  retryLimit: 0,
  concurrency: 1,
  cron: '* * * * *',
});
