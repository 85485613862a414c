import { eq } from 'drizzle-orm';
import { recordAudit } from '../audit/index.ts';
import type { At } from './home.ts';
import { type EndpointRef, lockEndpoint } from './internal.ts';

/** With it go its secret, and the log of what was sent to it. */
export async function deleteWebhook({ home, ctx }: At, ref: EndpointRef): Promise<void> {
  const { organizationId } = await home.allow(ctx, ref.ownerId);
  const { endpoint } = home.tables;
  await ctx.db.transaction(async (tx) => {
    const { id, url } = await lockEndpoint(tx, home, ref);
    await tx.delete(endpoint).where(eq(endpoint.id, id));
    await recordAudit(tx, ctx, {
      organizationId,
      action: 'webhook_endpoint.deleted',
      entityId: id,
      data: { ...home.audited(ref.ownerId), url },
    });
  });
}
