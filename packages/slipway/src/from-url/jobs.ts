import { defineJob } from '@repo/foundation/jobs';
import { z } from 'zod';

/** Longer than any source is waited for. */
const EXPIRE_SECONDS = 3600;
export const FETCH_MS = (EXPIRE_SECONDS - 300) * 1000;

/** Brings the bytes of a file whose address was given. */
export const fetchFileJob = defineJob({
  name: 'file.fetch',
  payload: z.object({ fileId: z.string() }),
  concurrency: 4,
  retryLimit: 4,
  retryDelay: 5,
  expireInSeconds: EXPIRE_SECONDS,
});
