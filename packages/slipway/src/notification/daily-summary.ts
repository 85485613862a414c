import { sendDailySummaries as send } from '@repo/foundation/notification';
import type { SlipwayContext } from '../context.ts';
import { summarize } from './summarize.ts';
import { dailySummaryMessage } from './template/daily-summary.ts';

/** Handler of `notify.daily_summary`: what happened in somebody's projects. */
export function sendDailySummaries(ctx: SlipwayContext): Promise<void> {
  return send(ctx, async (tx, { userId, day, timeZone, from, to }) => {
    const projects = await summarize(tx, { userId, from, to });
    if (projects.length === 0) return null;
    return dailySummaryMessage({ day, timeZone, projects, url: ctx.config.publicUrl });
  });
}
