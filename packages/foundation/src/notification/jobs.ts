import { z } from 'zod';
import { defineJob } from '../jobs/index.ts';

/** Tells those whom a notice concerns, in the ways that they chose. */
export const tellNoticeJob = defineJob({
  name: 'notice.tell',
  payload: z.object({ noticeId: z.string() }),
});

/** Mails what gathered at one place; one such job waits at most. */
export const mailNoticesJob = defineJob({
  name: 'notice.mail',
  payload: z.object({ noticeId: z.string() }),
  oneWaiting: true,
});

/** Forgets old notices. */
export const pruneNoticesJob = defineJob({
  name: 'notice.prune',
  payload: z.object({}),
  cron: '23 * * * *',
  concurrency: 1,
  retryLimit: 0,
});

/** Finds those for whom it is eight in the morning; zones differ by quarters of an hour. */
export const dailySummaryJob = defineJob({
  name: 'notify.daily_summary',
  payload: z.object({}),
  cron: '*/15 * * * *',
  concurrency: 1,
  exclusive: true,
  retryLimit: 0,
  expireInSeconds: 840,
});
