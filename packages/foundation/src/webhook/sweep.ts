import { wakeDue } from './claim.ts';
import type { At } from './home.ts';

const MOST_WOKEN = 1_000;

/** Handler of `webhook.sweep`: for what a killed process, or a busy endpoint, left lying. */
export async function sweepDeliveries(at: At): Promise<void> {
  await wakeDue(at.ctx.db, at, { most: MOST_WOKEN });
}
