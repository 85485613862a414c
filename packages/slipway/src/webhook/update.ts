import { recordAudit } from '@repo/foundation/audit';
import { eq } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { disableEndpoint } from './disable.ts';
import { endpointView, lockEndpoint, requireReachable, requireWebhooks } from './internal.ts';
import { UpdateWebhook, type WebhookView } from './schema.ts';
import { type WebhookEndpoint, webhookEndpoint } from './table.ts';

/** Changes what is given. Disabled, it gets nothing, and what was on its way there ends; a replay brings it back. */
export async function updateWebhook(
  ctx: SlipwayContext,
  input: UpdateWebhook,
): Promise<WebhookView> {
  const { organizationId } = await requireWebhooks(ctx, input.projectId);
  const { projectId, endpointId, enabled, ...changes } = UpdateWebhook.parse(input);
  if (changes.url !== undefined) await requireReachable(ctx, changes.url);
  return ctx.db.transaction(async (tx) => {
    const before = await lockEndpoint(tx, { projectId, endpointId });
    const now = ctx.now();
    const isEnabledNow = enabled === true && before.disabledReason !== null;
    const [row] = await tx
      .update(webhookEndpoint)
      .set({
        ...given(changes),
        ...(isEnabledNow && { disabledReason: null, disabledAt: null }),
        // Another address has not failed yet.
        ...((isEnabledNow || changes.url !== undefined) && {
          failingSince: null,
          lastFailureAt: null,
        }),
        updatedAt: now,
      })
      .where(eq(webhookEndpoint.id, endpointId))
      .returning();
    if (row === undefined) throw new Error('the changed endpoint was not returned');
    await recordAudit(tx, ctx, {
      organizationId,
      action: isEnabledNow ? 'webhook_endpoint.enabled' : 'webhook_endpoint.updated',
      entityId: endpointId,
      data: { projectId, from: shown(before), to: shown(row) },
    });
    if (enabled !== false || before.disabledReason !== null) return endpointView(row, now);
    await disableEndpoint(tx, ctx, { endpoint: row, reason: 'manual' });
    return endpointView({ ...row, disabledReason: 'manual', disabledAt: now }, now);
  });
}

function given<T extends object>(
  changes: T,
): Partial<{ [K in keyof T]: Exclude<T[K], undefined> }> {
  return Object.fromEntries(
    Object.entries(changes).filter(([, value]) => value !== undefined),
  ) as Partial<{ [K in keyof T]: Exclude<T[K], undefined> }>;
}

const shown = ({ url, description, eventTypes, liveOnly }: WebhookEndpoint) => ({
  url,
  description,
  eventTypes,
  liveOnly,
});
