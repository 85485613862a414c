import { recordAudit } from '@repo/foundation/audit';
import { eq } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { endpointView, lockEndpoint, requireWebhooks } from './internal.ts';
import { EndpointRef, RollWebhook, type WebhookWithSecret } from './schema.ts';
import { openSecrets, sealSecret } from './secrets.ts';
import { newSecret, verificationKey } from './sign.ts';
import { webhookEndpoint } from './table.ts';

/** Shows what a receiver verifies with; who looked is written down. */
export async function revealSecret(
  ctx: SlipwayContext,
  input: EndpointRef,
): Promise<{ secret: string }> {
  const { organizationId } = await requireWebhooks(ctx, input.projectId);
  const ref = EndpointRef.parse(input);
  return ctx.db.transaction(async (tx) => {
    const [secret] = openSecrets(ctx, await lockEndpoint(tx, ref));
    await recordAudit(tx, ctx, {
      organizationId,
      action: 'webhook_endpoint.secret_shown',
      entityId: ref.endpointId,
      data: { projectId: ref.projectId },
    });
    return { secret: verificationKey(secret) };
  });
}

/** A new secret signs from now on; the old one signs beside it until the overlap is over. */
export async function rollSecret(
  ctx: SlipwayContext,
  input: RollWebhook,
): Promise<WebhookWithSecret> {
  const { organizationId } = await requireWebhooks(ctx, input.projectId);
  const { projectId, endpointId, overlapSeconds } = RollWebhook.parse(input);
  return ctx.db.transaction(async (tx) => {
    const before = await lockEndpoint(tx, { projectId, endpointId });
    const now = ctx.now();
    const secret = newSecret(before.signing);
    const until = new Date(now.getTime() + overlapSeconds * 1000);
    const [row] = await tx
      .update(webhookEndpoint)
      .set({
        secret: sealSecret(ctx, { endpointId, secret }),
        ...(overlapSeconds === 0
          ? { previousSecret: null, previousUntil: null }
          : { previousSecret: before.secret, previousUntil: until }),
        updatedAt: now,
      })
      .where(eq(webhookEndpoint.id, endpointId))
      .returning();
    if (row === undefined) throw new Error('the changed endpoint was not returned');
    await recordAudit(tx, ctx, {
      organizationId,
      action: 'webhook_endpoint.secret_rolled',
      entityId: endpointId,
      data: { projectId, overlapSeconds },
    });
    return { ...endpointView(row, now), secret: verificationKey(secret) };
  });
}
