import { eq } from 'drizzle-orm';
import { recordAudit } from '../audit/index.ts';
import type { At } from './home.ts';
import { type EndpointRef, endpointView, lockEndpoint } from './internal.ts';
import type { WebhookWithSecret } from './schema.ts';
import { openSecrets, sealSecret } from './secrets.ts';
import { newSecret, verificationKey } from './sign.ts';

/** Shows what a receiver verifies with; who looked is written down. */
export async function revealSecret(
  { home, ctx }: At,
  ref: EndpointRef,
): Promise<{ secret: string }> {
  const { organizationId } = await home.allow(ctx, ref.ownerId);
  return ctx.db.transaction(async (tx) => {
    const [secret] = openSecrets({ home, ctx }, await lockEndpoint(tx, home, ref));
    await recordAudit(tx, ctx, {
      organizationId,
      action: 'webhook_endpoint.secret_shown',
      entityId: ref.endpointId,
      data: home.audited(ref.ownerId),
    });
    return { secret: verificationKey(secret) };
  });
}

/** A new secret signs from now on; the old one signs beside it until the overlap is over. */
export async function rollSecret(
  { home, ctx }: At,
  { ref, read }: { ref: EndpointRef; read: () => { overlapSeconds: number } },
): Promise<WebhookWithSecret> {
  const { organizationId } = await home.allow(ctx, ref.ownerId);
  const { ownerId, endpointId } = ref;
  const { overlapSeconds } = read();
  const { endpoint } = home.tables;
  return ctx.db.transaction(async (tx) => {
    const before = await lockEndpoint(tx, home, ref);
    const now = ctx.now();
    const secret = newSecret(before.signing);
    const until = new Date(now.getTime() + overlapSeconds * 1000);
    const [row] = await tx
      .update(endpoint)
      .set({
        secret: sealSecret({ home, ctx }, { endpointId, secret }),
        ...(overlapSeconds === 0
          ? { previousSecret: null, previousUntil: null }
          : { previousSecret: before.secret, previousUntil: until }),
        updatedAt: now,
      })
      .where(eq(endpoint.id, endpointId))
      .returning();
    if (row === undefined) throw new Error('the changed endpoint was not returned');
    await recordAudit(tx, ctx, {
      organizationId,
      action: 'webhook_endpoint.secret_rolled',
      entityId: endpointId,
      data: { ...home.audited(ownerId), overlapSeconds },
    });
    return { ...endpointView(home, row, now), secret: verificationKey(secret) };
  });
}
