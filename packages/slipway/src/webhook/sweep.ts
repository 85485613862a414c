import type { SlipwayContext } from '../context.ts';
import { wakeDue } from './claim.ts';

const MOST_WOKEN = 1_000;

/** Handler of `webhook.sweep`: for what a killed process, or a busy endpoint, left lying. */
export async function sweepDeliveries(ctx: SlipwayContext): Promise<void> {
  await wakeDue(ctx.db, ctx, { most: MOST_WOKEN });
}
