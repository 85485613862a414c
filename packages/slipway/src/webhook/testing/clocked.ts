import { randomBytes } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import type { SlipwayContext } from '../../context.ts';
import { recordEvent } from '../../event/record.ts';
import type { EventType } from '../../event/table.ts';
import { startTestSlipway, type TestSlipway } from '../../testing/index.ts';
import { deliver } from '../manage.ts';
import { webhookDelivery } from '../table.ts';

export const KEYS = `k1:${randomBytes(32).toString('hex')}`;

export function startWithWebhooks(env: Record<string, string> = {}): Promise<TestSlipway> {
  return startTestSlipway({
    ENCRYPTION_KEYS: KEYS,
    ALLOW_PRIVATE_TARGETS: '127.0.0.0/8,::1/128',
    ...env,
  });
}

export interface Clock {
  now: Date;
}

/** A context whose time is set by hand. */
export function withClock(ctx: SlipwayContext, clock: Clock): SlipwayContext {
  return { ...ctx, now: () => clock.now };
}

/** Writes an event as a change of a file would. */
export function happen(
  ctx: SlipwayContext,
  event: { projectId: string; entityId: string; type?: EventType; data?: Record<string, unknown> },
): Promise<void> {
  return ctx.db.transaction((tx) =>
    recordEvent(tx, ctx, { type: 'file.ready', data: {}, at: ctx.now(), ...event }),
  );
}

export async function deliveriesTo(ctx: SlipwayContext, endpointId: string) {
  return ctx.db
    .select()
    .from(webhookDelivery)
    .where(eq(webhookDelivery.endpointId, endpointId))
    .orderBy(webhookDelivery.sequence);
}

/** Lets time pass from one due delivery to the next, as the jobs would, until `until` or nothing is left to do. */
export async function runUntil(
  ctx: SlipwayContext,
  input: { clock: Clock; endpointId: string; until: Date },
): Promise<void> {
  const { clock, endpointId, until } = input;
  for (;;) {
    const { rows } = await ctx.db.execute<{ id: string; at: Date }>(sql`
      select d.id, greatest(d.next_attempt_at, coalesce(d.leased_until, d.next_attempt_at)) as at
      from ${webhookDelivery} d
      where d.endpoint_id = ${endpointId} and d.state = 'pending' and not exists (
        select 1 from ${webhookDelivery} e
        where e.endpoint_id = d.endpoint_id and e.entity_id = d.entity_id
          and e.state = 'pending' and e.sequence < d.sequence)
      order by 2, d.sequence limit 1`);
    const [next] = rows;
    if (next === undefined || new Date(next.at) > until) {
      clock.now = until;
      return;
    }
    if (new Date(next.at) > clock.now) clock.now = new Date(next.at);
    await deliver(ctx, { deliveryId: next.id });
  }
}
