import type { Db, Tx } from '@repo/foundation/db';
import { GuardedFetchError } from '@repo/foundation/guarded-fetch';
import { and, eq } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { refuseTestKey } from '../file/test-mode.ts';
import { requireProject } from '../project/internal.ts';
import type { Project } from '../project/table.ts';
import type { DeliveryRef, DeliveryView, EndpointRef, WebhookView } from './schema.ts';
import {
  type WebhookDelivery,
  type WebhookEndpoint,
  webhookDelivery,
  webhookEndpoint,
} from './table.ts';

/** The project, when the actor may manage its webhooks. */
export async function requireWebhooks(ctx: SlipwayContext, projectId: string): Promise<Project> {
  const project = await requireProject(ctx, projectId, 'webhook.manage');
  refuseTestKey(ctx.actor, 'webhook endpoints, which are told of live files');
  return project;
}

/** The endpoint, when it is the project's; the answer of a missing one otherwise. */
export async function getEndpointInProject(
  db: Db | Tx,
  { projectId, endpointId }: EndpointRef,
): Promise<WebhookEndpoint> {
  const [row] = await db
    .select()
    .from(webhookEndpoint)
    .where(and(eq(webhookEndpoint.id, endpointId), eq(webhookEndpoint.projectId, projectId)));
  if (row === undefined) throw noSuchEndpoint(endpointId);
  return row;
}

/** The same, while nobody else changes it. */
export async function lockEndpoint(tx: Tx, ref: EndpointRef): Promise<WebhookEndpoint> {
  const [row] = await tx
    .select()
    .from(webhookEndpoint)
    .where(
      and(eq(webhookEndpoint.id, ref.endpointId), eq(webhookEndpoint.projectId, ref.projectId)),
    )
    .for('update');
  if (row === undefined) throw noSuchEndpoint(ref.endpointId);
  return row;
}

function noSuchEndpoint(endpointId: string) {
  return slipwayError('not_found', `There is no webhook "${endpointId}" in this project.`);
}

export async function getDelivery(
  db: Db | Tx,
  { endpointId, deliveryId }: DeliveryRef,
): Promise<WebhookDelivery> {
  const [row] = await db
    .select()
    .from(webhookDelivery)
    .where(and(eq(webhookDelivery.id, deliveryId), eq(webhookDelivery.endpointId, endpointId)));
  if (row === undefined)
    throw slipwayError('not_found', `There is no delivery "${deliveryId}" to this webhook.`);
  return row;
}

/**
 * Refuses an address that would not be reached, so that the form says it of its field. Where its name
 * leads is asked again with every try.
 *
 * @throws `validation_failed`
 */
export async function requireReachable(ctx: SlipwayContext, url: string): Promise<void> {
  const where = await ctx.outgoing.lookAt(url).catch((error: unknown) => {
    if (error instanceof GuardedFetchError) throw refused(error.message);
    throw error;
  });
  if (where === 'refused')
    throw refused(
      'expected an address of the public internet; whoever runs this Slipway may allow others with ALLOW_PRIVATE_TARGETS',
    );
  if (where !== 'inside' && !url.toLowerCase().startsWith('https://'))
    throw refused('expected an address that begins with https://; others send events in the clear');
}

function refused(message: string) {
  return slipwayError('validation_failed', `"url" is not valid: ${message}`, {
    details: { issues: [{ path: 'url', message }] },
  });
}

export function endpointView(row: WebhookEndpoint, now: Date): WebhookView {
  const { id, url, description, eventTypes, liveOnly, signing, disabledReason, previousUntil } =
    row;
  const isRolling = row.previousSecret !== null && previousUntil !== null && previousUntil > now;
  return {
    id,
    url,
    description,
    eventTypes,
    liveOnly,
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
