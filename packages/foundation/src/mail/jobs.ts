import { z } from 'zod';
import { defineJob } from '../jobs/index.ts';

/** Ten tries over about four hours, each twice as long after the one before, with jitter. */
export const sendMailJob = defineJob({
  name: 'mail.send',
  payload: z.object({ mailId: z.string() }),
  retryLimit: 9,
  retryDelay: 30,
  expireInSeconds: 120,
  concurrency: 2,
});

/** Forgets old mails. */
export const pruneMailsJob = defineJob({
  name: 'mail.prune',
  payload: z.object({}),
  cron: '41 * * * *',
  concurrency: 1,
  retryLimit: 0,
});
