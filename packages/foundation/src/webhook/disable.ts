import { and, eq } from 'drizzle-orm';
import { recordAudit } from '../audit/index.ts';
import type { Tx } from '../db/index.ts';
import type { At } from './home.ts';
import type { DISABLED_REASONS, WebhookEndpoint } from './table.ts';

/**
 * Ends what is on its way there; a replay brings it back. Somebody who did not do it himself is told,
 * by the event `endpoint.disabled` and a mail.
 */
export async function disableEndpoint(
  tx: Tx,
  { home, ctx }: At,
  input: { endpoint: WebhookEndpoint; reason: (typeof DISABLED_REASONS)[number] },
): Promise<void> {
  const { endpoint, reason } = input;
  const { id, ownerId, url } = endpoint;
  const { tables } = home;
  const now = ctx.now();
  await tx
    .update(tables.endpoint)
    .set({ disabledReason: reason, disabledAt: now, updatedAt: now })
    .where(eq(tables.endpoint.id, id));
  const cancelled = await tx
    .update(tables.delivery)
    .set({ state: 'cancelled', endedAt: now, leasedUntil: null })
    .where(and(eq(tables.delivery.endpointId, id), eq(tables.delivery.state, 'pending')))
    .returning({ id: tables.delivery.id });
  await recordAudit(tx, ctx, {
    organizationId: await home.organizationOf(tx, ownerId),
    action: 'webhook_endpoint.disabled',
    entityId: id,
    data: { ...home.audited(ownerId), url, reason, cancelled: cancelled.length },
  });
  if (reason === 'manual') return;
  await home.onDisabled(tx, ctx, { endpoint, reason, cancelled: cancelled.length });
}
