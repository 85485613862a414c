import { recordAudit } from '@repo/foundation/audit';
import type { Tx } from '@repo/foundation/db';
import { newId } from '@repo/foundation/ids';
import { and, asc, eq, gte, inArray, isNull, lt, ne, or, sql } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { event } from '../event/table.ts';
import { fanOut } from './fan-out.ts';
import {
  deliveryView,
  getDelivery,
  getEndpointInProject,
  lockEndpoint,
  requireWebhooks,
} from './internal.ts';
import { deliverJob } from './jobs.ts';
import { DeliveryRef, type DeliveryView, EndpointRef, ReplayWebhook } from './schema.ts';
import { type WebhookEndpoint, webhookDelivery } from './table.ts';

/** Of one replay; more are for the next one. */
const MOST_REPLAYED = 10_000;

/** Begins a delivery's schedule anew, at once, with the id that it had: also of one that was delivered. */
export async function resendDelivery(
  ctx: SlipwayContext,
  input: DeliveryRef,
): Promise<DeliveryView> {
  const { organizationId } = await requireWebhooks(ctx, input.projectId);
  const ref = DeliveryRef.parse(input);
  return ctx.db.transaction(async (tx) => {
    requireEnabled(await lockEndpoint(tx, ref));
    await getDelivery(tx, ref);
    await beginAnew(tx, ctx, [ref.deliveryId]);
    await recordAudit(tx, ctx, {
      organizationId,
      action: 'webhook_endpoint.resent',
      entityId: ref.endpointId,
      data: { projectId: ref.projectId, deliveryId: ref.deliveryId },
    });
    return deliveryView(await getDelivery(tx, ref));
  });
}

/**
 * Sends the events of a range of time: those that were not delivered, for whatever reason (given up,
 * cancelled, or written while the endpoint was disabled), or all. In the order in which they happened.
 */
export async function replayWebhook(
  ctx: SlipwayContext,
  input: ReplayWebhook,
): Promise<{ deliveries: number }> {
  const { organizationId } = await requireWebhooks(ctx, input.projectId);
  const { projectId, endpointId, from, to = ctx.now(), states } = ReplayWebhook.parse(input);
  if (from >= to)
    throw slipwayError('validation_failed', '"from" is not valid: expected a time before "to".', {
      details: { issues: [{ path: 'from', message: 'expected a time before "to"' }] },
    });
  return ctx.db.transaction(async (tx) => {
    const endpoint = await lockEndpoint(tx, { projectId, endpointId });
    requireEnabled(endpoint);
    const rows = await tx
      .select({ event, delivery: webhookDelivery })
      .from(event)
      .leftJoin(
        webhookDelivery,
        and(eq(webhookDelivery.eventId, event.id), eq(webhookDelivery.endpointId, endpointId)),
      )
      .where(
        and(
          eq(event.projectId, projectId),
          gte(event.createdAt, from),
          lt(event.createdAt, to),
          or(ne(event.type, 'webhook.test'), eq(event.entityId, endpointId)),
          endpoint.eventTypes === null ? undefined : inArray(event.type, endpoint.eventTypes),
          endpoint.liveOnly ? isOfLiveFile() : undefined,
          states === 'all'
            ? or(isNull(webhookDelivery.id), ne(webhookDelivery.state, 'pending'))
            : or(
                isNull(webhookDelivery.id),
                inArray(webhookDelivery.state, ['failed', 'cancelled']),
              ),
        ),
      )
      .orderBy(asc(event.sequence))
      .limit(MOST_REPLAYED);
    for (const { event: told, delivery } of rows) {
      if (delivery !== null) continue;
      const { id, type, entityId, sequence } = told;
      const written = { id, type, entityId, sequence, at: ctx.now() };
      await fanOut(tx, ctx, { event: written, endpointIds: [endpointId] });
    }
    await beginAnew(
      tx,
      ctx,
      rows.flatMap(({ delivery }) => (delivery === null ? [] : [delivery.id])),
    );
    await recordAudit(tx, ctx, {
      organizationId,
      action: 'webhook_endpoint.replayed',
      entityId: endpointId,
      data: { projectId, from, to, states, deliveries: rows.length },
    });
    return { deliveries: rows.length };
  });
}

/** Sends this one endpoint an event `webhook.test`, whatever types it asked for. */
export async function sendTest(ctx: SlipwayContext, input: EndpointRef): Promise<DeliveryView> {
  await requireWebhooks(ctx, input.projectId);
  const ref = EndpointRef.parse(input);
  const { id: endpointId, url } = await getEndpointInProject(ctx.db, ref).then(requireEnabled);
  const at = ctx.now();
  return ctx.db.transaction(async (tx) => {
    const message = 'This is a test. Nothing happened to any file.';
    const [told] = await tx
      .insert(event)
      .values({
        id: newId('evt'),
        projectId: ref.projectId,
        type: 'webhook.test',
        entityId: endpointId,
        data: { message, endpoint: { id: endpointId, url } },
        createdAt: at,
      })
      .returning();
    if (told === undefined) throw new Error('the new event was not returned');
    const { id, type, entityId, sequence } = told;
    const written = { id, type, entityId, sequence, at };
    const [deliveryId] = await fanOut(tx, ctx, { event: written, endpointIds: [endpointId] });
    if (deliveryId === undefined) throw new Error('the test was not written');
    return deliveryView(await getDelivery(tx, { ...ref, deliveryId }));
  });
}

const isOfLiveFile = () => sql`${event.data}->'file'->>'test' is distinct from 'true'`;

async function beginAnew(tx: Tx, ctx: SlipwayContext, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .update(webhookDelivery)
    .set({ state: 'pending', attempts: 0, nextAttemptAt: ctx.now(), endedAt: null })
    .where(inArray(webhookDelivery.id, [...ids]));
  for (const deliveryId of ids)
    await ctx.queue.enqueue(tx, deliverJob, { payload: { deliveryId } });
}

function requireEnabled(endpoint: WebhookEndpoint): WebhookEndpoint {
  if (endpoint.disabledReason === null) return endpoint;
  throw slipwayError('conflict', 'This webhook is disabled; enable it first.');
}
