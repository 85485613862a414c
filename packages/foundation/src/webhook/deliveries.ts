import { and, asc, desc, eq, type SQL, sql } from 'drizzle-orm';
import { appError } from '../errors/index.ts';
import type { At } from './home.ts';
import {
  type DeliveryRef,
  deliveryView,
  type EndpointRef,
  getDelivery,
  getEndpointOf,
} from './internal.ts';
import type { DeliveryDetail, DeliveryPage, DeliveryQuery } from './schema.ts';
import type { DeliveryTable, WebhookDelivery } from './table.ts';

/** An endpoint's deliveries, newest first, a page at a time by keyset. */
export async function listDeliveries(
  { home, ctx }: At,
  { ref, read }: { ref: EndpointRef; read: () => DeliveryQuery },
): Promise<DeliveryPage> {
  await home.allow(ctx, ref.ownerId);
  const { state, type, cursor, limit } = read();
  await getEndpointOf(ctx.db, home, ref);
  const { delivery } = home.tables;
  const rows = await ctx.db
    .select()
    .from(delivery)
    .where(
      and(
        eq(delivery.endpointId, ref.endpointId),
        state === undefined ? undefined : eq(delivery.state, state),
        type === undefined ? undefined : eq(delivery.eventType, type),
        cursor === undefined ? undefined : afterCursor(delivery, cursor),
      ),
    )
    .orderBy(desc(delivery.createdAt), desc(delivery.id))
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
  { home, ctx }: At,
  ref: DeliveryRef,
): Promise<DeliveryDetail> {
  await home.allow(ctx, ref.ownerId);
  const { event, attempt } = home.tables;
  await getEndpointOf(ctx.db, home, ref);
  const row = await getDelivery(ctx.db, home, ref);
  const [told] = await ctx.db.select().from(event).where(eq(event.id, row.eventId));
  const tries = await ctx.db
    .select()
    .from(attempt)
    .where(eq(attempt.deliveryId, row.id))
    .orderBy(desc(attempt.id), asc(attempt.number))
    .limit(100);
  return {
    ...deliveryView(row),
    payload: told === undefined ? '' : home.payload(told),
    tries: tries.map(({ status, ...one }) => ({
      number: one.number,
      at: one.at.toISOString(),
      durationMs: one.durationMs,
      succeeded: one.succeeded,
      problem: one.problem,
      request: {
        url: one.url,
        headers: one.requestHeaders,
        body: one.requestBody,
      },
      response:
        status === null
          ? null
          : { status, headers: one.responseHeaders ?? {}, body: one.responseBody ?? '' },
    })),
  };
}

function cursorOf(row: WebhookDelivery): string {
  return Buffer.from(`${row.createdAt.getTime()}.${row.id}`).toString('base64url');
}

function afterCursor(delivery: DeliveryTable, cursor: string): SQL {
  const text = Buffer.from(cursor, 'base64url').toString();
  const [, milliseconds, id] = /^(\d{1,14})\.(whd_\w+)$/.exec(text) ?? [];
  if (milliseconds === undefined)
    throw appError(
      'validation_failed',
      'Expected "cursor" to be the nextCursor of an earlier page.',
    );
  const time = new Date(Number(milliseconds)).toISOString();
  return sql`(${delivery.createdAt}, ${delivery.id}) < (${time}::timestamptz, ${id})`;
}
