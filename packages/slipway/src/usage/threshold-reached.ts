import type { z } from 'zod';
import type { SlipwayContext } from '../context.ts';
import { notifyQuotaReached } from '../notification/quota-reached.ts';
import type { thresholdReachedJob } from './jobs.ts';

/** Handler of `usage.threshold_reached`. */
export async function thresholdReached(
  ctx: SlipwayContext,
  notice: z.infer<typeof thresholdReachedJob.payload>,
): Promise<void> {
  ctx.log.info(notice, 'an organization came near a quota of its plan');
  await notifyQuotaReached(ctx, notice);
}
