import { inArray, lt } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { wakeDue } from './claim.ts';
import { webhookAttempt, webhookDelivery } from './table.ts';

const KEPT_MS = 30 * 86_400_000;
const BATCH = 5_000;
const MOST_WOKEN = 1_000;

/** Handler of `webhook.sweep`: for what a killed process, or a busy endpoint, left lying. */
export async function sweepDeliveries(ctx: SlipwayContext): Promise<void> {
  await wakeDue(ctx.db, ctx, { most: MOST_WOKEN });
}

/** Handler of `webhook.tend`. */
export async function tendWebhooks(ctx: SlipwayContext): Promise<void> {
  await forgetOld(ctx);
}

/** Tries are kept for 30 days, and so are deliveries after their end. */
async function forgetOld(ctx: SlipwayContext): Promise<void> {
  const before = new Date(ctx.now().getTime() - KEPT_MS);
  for (;;) {
    const old = ctx.db
      .select({ id: webhookAttempt.id })
      .from(webhookAttempt)
      .where(lt(webhookAttempt.at, before))
      .limit(BATCH);
    const gone = await ctx.db
      .delete(webhookAttempt)
      .where(inArray(webhookAttempt.id, old))
      .returning({ id: webhookAttempt.id });
    if (gone.length < BATCH) break;
  }
  for (;;) {
    const old = ctx.db
      .select({ id: webhookDelivery.id })
      .from(webhookDelivery)
      .where(lt(webhookDelivery.endedAt, before))
      .limit(BATCH);
    const gone = await ctx.db
      .delete(webhookDelivery)
      .where(inArray(webhookDelivery.id, old))
      .returning({ id: webhookDelivery.id });
    if (gone.length < BATCH) break;
  }
}
