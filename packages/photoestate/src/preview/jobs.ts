import { defineJob } from '@repo/foundation/jobs';
import { z } from 'zod';

/** Makes the small picture of a look. Whoever waits for it looks at the page: it comes soon or not at all. */
export const previewLookJob = defineJob({
  name: 'look.preview',
  payload: z.object({ previewId: z.string() }),
  retryLimit: 1,
  retryDelay: 1,
  expireInSeconds: 120,
  concurrency: 1,
});

/** Forgets pictures that nobody looks at any more. */
export const sweepPreviewsJob = defineJob({
  name: 'look.sweep-previews',
  payload: z.object({}),
  retryLimit: 0,
  concurrency: 1,
  cron: '*/15 * * * *',
});
