import { eq } from 'drizzle-orm';
import { recordAudit } from '../audit/index.ts';
import { disableEndpoint } from './disable.ts';
import type { At } from './home.ts';
import { type EndpointRef, endpointView, lockEndpoint, requireReachable } from './internal.ts';
import type { WebhookChanges, WebhookView } from './schema.ts';
import type { WebhookEndpoint } from './table.ts';

/** Changes what is given. Disabled, it gets nothing, and what was on its way there ends; a replay brings it back. */
export async function updateWebhook(
  { home, ctx }: At,
  { ref, read }: { ref: EndpointRef; read: () => WebhookChanges },
): Promise<WebhookView> {
  const { organizationId } = await home.allow(ctx, ref.ownerId);
  const { ownerId, endpointId } = ref;
  const { enabled, url, description, eventTypes, liveOnly } = read();
  const changes = { url, description, eventTypes, liveOnly };
  if (url !== undefined) await requireReachable({ home, ctx }, url);
  const { endpoint } = home.tables;
  return ctx.db.transaction(async (tx) => {
    const before = await lockEndpoint(tx, home, ref);
    const now = ctx.now();
    const isEnabledNow = enabled === true && before.disabledReason !== null;
    const [row] = await tx
      .update(endpoint)
      .set({
        ...given(changes),
        ...(isEnabledNow && { disabledReason: null, disabledAt: null }),
        // Another address has not failed yet.
        ...((isEnabledNow || url !== undefined) && {
          failingSince: null,
          lastFailureAt: null,
        }),
        updatedAt: now,
      })
      .where(eq(endpoint.id, endpointId))
      .returning();
    if (row === undefined) throw new Error('the changed endpoint was not returned');
    await recordAudit(tx, ctx, {
      organizationId,
      action: isEnabledNow ? 'webhook_endpoint.enabled' : 'webhook_endpoint.updated',
      entityId: endpointId,
      data: { ...home.audited(ownerId), from: shown(before), to: shown(row) },
    });
    if (enabled !== false || before.disabledReason !== null) return endpointView(home, row, now);
    await disableEndpoint(tx, { home, ctx }, { endpoint: row, reason: 'manual' });
    return endpointView(home, { ...row, disabledReason: 'manual', disabledAt: now }, now);
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
