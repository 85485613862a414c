import { defineJob } from '@repo/foundation/jobs';
import { z } from 'zod';

/** Makes one version of a scene's finished photo. One at a time per worker: the engine uses all cores. */
export const enhanceSceneJob = defineJob({
  name: 'scene.enhance',
  payload: z.object({ enhancementId: z.string() }),
  retryLimit: 4,
  retryDelay: 3,
  expireInSeconds: 15 * 60,
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
