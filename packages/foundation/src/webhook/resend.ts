import { and, asc, eq, gte, inArray, isNull, lt, ne, or } from 'drizzle-orm';
import { recordAudit } from '../audit/index.ts';
import type { Tx } from '../db/index.ts';
import { appError } from '../errors/index.ts';
import { newId } from '../ids/index.ts';
import { fanOut } from './fan-out.ts';
import type { At } from './home.ts';
import {
  type DeliveryRef,
  deliveryView,
  type EndpointRef,
  getDelivery,
  getEndpointOf,
  lockEndpoint,
} from './internal.ts';
import { deliverJob } from './jobs.ts';
import type { DeliveryView, Replay } from './schema.ts';
import type { WebhookEndpoint } from './table.ts';

/** Of one replay; more are for the next one. */
const MOST_REPLAYED = 10_000;

/** Begins a delivery's schedule anew, at once, with the id that it had: also of one that was delivered. */
export async function resendDelivery({ home, ctx }: At, ref: DeliveryRef): Promise<DeliveryView> {
  const { organizationId } = await home.allow(ctx, ref.ownerId);
  return ctx.db.transaction(async (tx) => {
    requireEnabled(await lockEndpoint(tx, home, ref));
    await getDelivery(tx, home, ref);
    await beginAnew(tx, { home, ctx }, [ref.deliveryId]);
    await recordAudit(tx, ctx, {
      organizationId,
      action: 'webhook_endpoint.resent',
      entityId: ref.endpointId,
      data: { ...home.audited(ref.ownerId), deliveryId: ref.deliveryId },
    });
    return deliveryView(await getDelivery(tx, home, ref));
  });
}

/**
 * Sends the events of a range of time: those that were not delivered, for whatever reason (given up,
 * cancelled, or written while the endpoint was disabled), or all. In the order in which they happened.
 */
export async function replayWebhook(
  { home, ctx }: At,
  { ref, read }: { ref: EndpointRef; read: () => Replay },
): Promise<{ deliveries: number }> {
  const { organizationId } = await home.allow(ctx, ref.ownerId);
  const { ownerId, endpointId } = ref;
  const { from, to = ctx.now(), states } = read();
  const { event, delivery: sent } = home.tables;
  if (from >= to)
    throw appError('validation_failed', '"from" is not valid: expected a time before "to".', {
      details: { issues: [{ path: 'from', message: 'expected a time before "to"' }] },
    });
  return ctx.db.transaction(async (tx) => {
    const endpoint = await lockEndpoint(tx, home, ref);
    requireEnabled(endpoint);
    const rows = await tx
      .select({ event, delivery: sent })
      .from(event)
      .leftJoin(sent, and(eq(sent.eventId, event.id), eq(sent.endpointId, endpointId)))
      .where(
        and(
          eq(event.ownerId, ownerId),
          gte(event.createdAt, from),
          lt(event.createdAt, to),
          or(ne(event.type, 'webhook.test'), eq(event.entityId, endpointId)),
          endpoint.eventTypes === null ? undefined : inArray(event.type, endpoint.eventTypes),
          endpoint.liveOnly ? home.tests?.isLive() : undefined,
          states === 'all'
            ? or(isNull(sent.id), ne(sent.state, 'pending'))
            : or(isNull(sent.id), inArray(sent.state, ['failed', 'cancelled'])),
        ),
      )
      .orderBy(asc(event.sequence))
      .limit(MOST_REPLAYED);
    for (const { event: told, delivery } of rows) {
      if (delivery !== null) continue;
      const { id, type, entityId, sequence } = told;
      const written = { id, type, entityId, sequence, at: ctx.now() };
      await fanOut(tx, { home, ctx }, { event: written, endpointIds: [endpointId] });
    }
    await beginAnew(
      tx,
      { home, ctx },
      rows.flatMap(({ delivery }) => (delivery === null ? [] : [delivery.id])),
    );
    await recordAudit(tx, ctx, {
      organizationId,
      action: 'webhook_endpoint.replayed',
      entityId: endpointId,
      data: { ...home.audited(ownerId), from, to, states, deliveries: rows.length },
    });
    return { deliveries: rows.length };
  });
}

/** Sends this one endpoint an event `webhook.test`, whatever types it asked for. */
export async function sendTest({ home, ctx }: At, ref: EndpointRef): Promise<DeliveryView> {
  await home.allow(ctx, ref.ownerId);
  const { event } = home.tables;
  const { id: endpointId, url } = await getEndpointOf(ctx.db, home, ref).then(requireEnabled);
  const at = ctx.now();
  return ctx.db.transaction(async (tx) => {
    const [told] = await tx
      .insert(event)
      .values({
        id: newId('evt'),
        ownerId: ref.ownerId,
        type: 'webhook.test',
        entityId: endpointId,
        data: { message: home.testMessage, endpoint: { id: endpointId, url } },
        createdAt: at,
      })
      .returning();
    if (told === undefined) throw new Error('the new event was not returned');
    const { id, type, entityId, sequence } = told;
    const written = { id, type, entityId, sequence, at };
    const [deliveryId] = await fanOut(
      tx,
      { home, ctx },
      { event: written, endpointIds: [endpointId] },
    );
    if (deliveryId === undefined) throw new Error('the test was not written');
    return deliveryView(await getDelivery(tx, home, { ...ref, deliveryId }));
  });
}

async function beginAnew(tx: Tx, { home, ctx }: At, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const { delivery } = home.tables;
  await tx
    .update(delivery)
    .set({ state: 'pending', attempts: 0, nextAttemptAt: ctx.now(), endedAt: null })
    .where(inArray(delivery.id, [...ids]));
  for (const deliveryId of ids)
    await ctx.queue.enqueue(tx, deliverJob, { payload: { deliveryId } });
}

function requireEnabled(endpoint: WebhookEndpoint): WebhookEndpoint {
  if (endpoint.disabledReason === null) return endpoint;
  throw appError('conflict', 'This webhook is disabled; enable it first.');
}
