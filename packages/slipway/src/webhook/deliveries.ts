import { and, asc, desc, eq, type SQL, sql } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { event } from '../event/table.ts';
import { deliveryView, getDelivery, getEndpointInProject, requireWebhooks } from './internal.ts';
import { payloadOf } from './payload.ts';
import {
  type DeliveryDetail,
  type DeliveryPage,
  type DeliveryRef,
  ListDeliveries,
} from './schema.ts';
import { type WebhookDelivery, webhookAttempt, webhookDelivery } from './table.ts';

/** An endpoint's deliveries, newest first, a page at a time by keyset. */
export async function listDeliveries(
  ctx: SlipwayContext,
  input: ListDeliveries,
): Promise<DeliveryPage> {
  await requireWebhooks(ctx, input.projectId);
  const { projectId, endpointId, state, type, cursor, limit } = ListDeliveries.parse(input);
  await getEndpointInProject(ctx.db, { projectId, endpointId });
  const rows = await ctx.db
    .select()
    .from(webhookDelivery)
    .where(
      and(
        eq(webhookDelivery.endpointId, endpointId),
        state === undefined ? undefined : eq(webhookDelivery.state, state),
        type === undefined ? undefined : eq(webhookDelivery.eventType, type),
        cursor === undefined ? undefined : afterCursor(cursor),
      ),
    )
    .orderBy(desc(webhookDelivery.createdAt), desc(webhookDelivery.id))
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    data: page.map(deliveryView),
    nextCursor: rows.length > limit && last !== undefined ? cursorOf(last) : null,
  };
}

/** One delivery with every try, the newest first. */
export async function getDeliveryDetail(
  ctx: SlipwayContext,
  ref: DeliveryRef,
): Promise<DeliveryDetail> {
  await requireWebhooks(ctx, ref.projectId);
  await getEndpointInProject(ctx.db, ref);
  const row = await getDelivery(ctx.db, ref);
  const [told] = await ctx.db.select().from(event).where(eq(event.id, row.eventId));
  const tries = await ctx.db
    .select()
    .from(webhookAttempt)
    .where(eq(webhookAttempt.deliveryId, row.id))
    .orderBy(desc(webhookAttempt.id), asc(webhookAttempt.number))
    .limit(100);
  return {
    ...deliveryView(row),
    payload: told === undefined ? '' : payloadOf(told),
    tries: tries.map(({ status, ...attempt }) => ({
      number: attempt.number,
      at: attempt.at.toISOString(),
      durationMs: attempt.durationMs,
      succeeded: attempt.succeeded,
      problem: attempt.problem,
      request: {
        url: attempt.url,
        headers: attempt.requestHeaders,
        body: attempt.requestBody,
      },
      response:
        status === null
          ? null
          : { status, headers: attempt.responseHeaders ?? {}, body: attempt.responseBody ?? '' },
    })),
  };
}

function cursorOf(row: WebhookDelivery): string {
  return Buffer.from(`${row.createdAt.getTime()}.${row.id}`).toString('base64url');
}

function afterCursor(cursor: string): SQL {
  const text = Buffer.from(cursor, 'base64url').toString();
  const [, milliseconds, id] = /^(\d{1,14})\.(whd_\w+)$/.exec(text) ?? [];
  if (milliseconds === undefined)
    throw slipwayError(
      'validation_failed',
      'Expected "cursor" to be the nextCursor of an earlier page.',
    );
  const time = new Date(Number(milliseconds)).toISOString();
  return sql`(${webhookDelivery.createdAt}, ${webhookDelivery.id}) < (${time}::timestamptz, ${id})`;
}
