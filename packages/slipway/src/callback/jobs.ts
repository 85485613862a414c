import { defineJob } from '@repo/foundation/jobs';
import { z } from 'zod';

/** One attempt to tell a server that a file is ready; others have another number. */
export const deliverCallbackJob = defineJob({
  name: 'callback.deliver',
  payload: z.object({ fileId: z.string(), attempt: z.number().int() }),
  concurrency: 8,
  retryLimit: 5,
  expireInSeconds: 120,
});
