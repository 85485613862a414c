import { and, eq } from 'drizzle-orm';
import type { Db, Tx } from '../db/index.ts';
import { appError } from '../errors/index.ts';
import { GuardedFetchError } from '../guarded-fetch/index.ts';
import type { At, WebhookHome } from './home.ts';
import { type DeliveryView, type WebhookView, whereTests } from './schema.ts';
import type { WebhookDelivery, WebhookEndpoint } from './table.ts';

export interface EndpointRef {
  ownerId: string;
  endpointId: string;
}

export interface DeliveryRef extends EndpointRef {
  deliveryId: string;
}

type Home = Pick<WebhookHome, 'tables' | 'ownerName'>;

/** The endpoint, when it is the owner's; the answer of a missing one otherwise. */
export async function getEndpointOf(
  db: Db | Tx,
  home: Home,
  { ownerId, endpointId }: EndpointRef,
): Promise<WebhookEndpoint> {
  const { endpoint } = home.tables;
  const [row] = await db
    .select()
    .from(endpoint)
    .where(and(eq(endpoint.id, endpointId), eq(endpoint.ownerId, ownerId)));
  if (row === undefined) throw noSuchEndpoint(home, endpointId);
  return row;
}

/** The same, while nobody else changes it. */
export async function lockEndpoint(tx: Tx, home: Home, ref: EndpointRef): Promise<WebhookEndpoint> {
  const { endpoint } = home.tables;
  const [row] = await tx
    .select()
    .from(endpoint)
    .where(and(eq(endpoint.id, ref.endpointId), eq(endpoint.ownerId, ref.ownerId)))
    .for('update');
  if (row === undefined) throw noSuchEndpoint(home, ref.endpointId);
  return row;
}

function noSuchEndpoint({ ownerName }: Home, endpointId: string) {
  return appError('not_found', `There is no webhook "${endpointId}" in this ${ownerName}.`);
}

export async function getDelivery(
  db: Db | Tx,
  home: Home,
  { endpointId, deliveryId }: Omit<DeliveryRef, 'ownerId'>,
): Promise<WebhookDelivery> {
  const { delivery } = home.tables;
  const [row] = await db
    .select()
    .from(delivery)
    .where(and(eq(delivery.id, deliveryId), eq(delivery.endpointId, endpointId)));
  if (row === undefined)
    throw appError('not_found', `There is no delivery "${deliveryId}" to this webhook.`);
  return row;
}

/**
 * Refuses an address that would not be reached, so that the form says it of its field. Where its name
 * leads is asked again with every try.
 *
 * @throws `validation_failed`
 */
export async function requireReachable({ home, ctx }: At, url: string): Promise<void> {
  const where = await ctx.outgoing.lookAt(url).catch((error: unknown) => {
    if (error instanceof GuardedFetchError) throw refused(error.message);
    throw error;
  });
  if (where === 'refused')
    throw refused(
      `expected an address of the public internet; whoever runs this ${home.product} may allow others with ALLOW_PRIVATE_TARGETS`,
    );
  if (where !== 'inside' && !url.toLowerCase().startsWith('https://'))
    throw refused('expected an address that begins with https://; others send events in the clear');
}

function refused(message: string) {
  return appError('validation_failed', `"url" is not valid: ${message}`, {
    details: { issues: [{ path: 'url', message }] },
  });
}

export function endpointView(
  { tests }: Pick<WebhookHome, 'tests'>,
  row: WebhookEndpoint,
  now: Date,
): WebhookView {
  const { id, url, description, eventTypes, liveOnly, signing, disabledReason, previousUntil } =
    row;
  const isRolling = row.previousSecret !== null && previousUntil !== null && previousUntil > now;
  return {
    id,
    url,
    description,
    eventTypes,
    ...whereTests(tests, { liveOnly }),
    signing,
    enabled: disabledReason === null,
    disabledReason,
    disabledAt: row.disabledAt?.toISOString() ?? null,
    failingSince: row.failingSince?.toISOString() ?? null,
    rollingUntil: isRolling ? previousUntil.toISOString() : null,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

export function deliveryView(row: WebhookDelivery): DeliveryView {
  const { id, eventId, eventType, entityId, state, attempts, lastStatus } = row;
  return {
    id,
    eventId,
    eventType,
    entityId,
    state,
    attempts,
    lastStatus,
    nextAttemptAt: state === 'pending' ? row.nextAttemptAt.toISOString() : null,
    createdAt: row.createdAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
  };
}
