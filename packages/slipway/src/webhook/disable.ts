import { recordAudit } from '@repo/foundation/audit';
import type { Tx } from '@repo/foundation/db';
import { and, eq } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { recordEvent } from '../event/record.ts';
import { endpointDisabledJob } from '../notification/jobs.ts';
import { project } from '../project/table.ts';
import {
  type DISABLED_REASONS,
  type WebhookEndpoint,
  webhookDelivery,
  webhookEndpoint,
} from './table.ts';

/**
 * Ends what is on its way there; a replay brings it back. Somebody who did not do it himself is told,
 * by the event `endpoint.disabled` and a mail.
 */
export async function disableEndpoint(
  tx: Tx,
  ctx: SlipwayContext,
  input: { endpoint: WebhookEndpoint; reason: (typeof DISABLED_REASONS)[number] },
): Promise<void> {
  const { endpoint, reason } = input;
  const { id, projectId, url, description } = endpoint;
  const now = ctx.now();
  await tx
    .update(webhookEndpoint)
    .set({ disabledReason: reason, disabledAt: now, updatedAt: now })
    .where(eq(webhookEndpoint.id, id));
  const cancelled = await tx
    .update(webhookDelivery)
    .set({ state: 'cancelled', endedAt: now, leasedUntil: null })
    .where(and(eq(webhookDelivery.endpointId, id), eq(webhookDelivery.state, 'pending')))
    .returning({ id: webhookDelivery.id });
  const [owner] = await tx
    .select({ organizationId: project.organizationId })
    .from(project)
    .where(eq(project.id, projectId));
  await recordAudit(tx, ctx, {
    organizationId: owner?.organizationId ?? null,
    action: 'webhook_endpoint.disabled',
    entityId: id,
    data: { projectId, url, reason, cancelled: cancelled.length },
  });
  if (reason === 'manual') return;
  await ctx.queue.enqueue(tx, endpointDisabledJob, { payload: { endpointId: id } });
  await recordEvent(tx, ctx, {
    projectId,
    type: 'endpoint.disabled',
    entityId: id,
    data: {
      endpoint: {
        id,
        url,
        description,
        failingSince: endpoint.failingSince?.toISOString() ?? null,
      },
      reason,
      cancelled: cancelled.length,
    },
    at: now,
  });
}
