import { recordAudit } from '@repo/foundation/audit';
import { eq } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { lockEndpoint, requireWebhooks } from './internal.ts';
import { EndpointRef } from './schema.ts';
import { webhookEndpoint } from './table.ts';

/** With it go its secret, and the log of what was sent to it. */
export async function deleteWebhook(ctx: SlipwayContext, input: EndpointRef): Promise<void> {
  const { organizationId } = await requireWebhooks(ctx, input.projectId);
  const ref = EndpointRef.parse(input);
  await ctx.db.transaction(async (tx) => {
    const { id, url } = await lockEndpoint(tx, ref);
    await tx.delete(webhookEndpoint).where(eq(webhookEndpoint.id, id));
    await recordAudit(tx, ctx, {
      organizationId,
      action: 'webhook_endpoint.deleted',
      entityId: id,
      data: { projectId: ref.projectId, url },
    });
  });
}
