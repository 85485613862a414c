import { recordAudit } from '@repo/foundation/audit';
import { newId } from '@repo/foundation/ids';
import { count, eq } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { lockProject } from '../project/internal.ts';
import { endpointView, requireReachable, requireWebhooks } from './internal.ts';
import { CreateWebhook, type WebhookWithSecret } from './schema.ts';
import { sealSecret } from './secrets.ts';
import { newSecret, verificationKey } from './sign.ts';
import { webhookEndpoint } from './table.ts';

/** Each event is written once for each of them. */
const MOST_ENDPOINTS = 50;

/** @throws `validation_failed` for an address that may not be reached, `unavailable` without sealing keys. */
export async function createWebhook(
  ctx: SlipwayContext,
  input: CreateWebhook,
): Promise<WebhookWithSecret> {
  await requireWebhooks(ctx, input.projectId);
  const { projectId, ...wish } = CreateWebhook.parse(input);
  const { url, signing } = wish;
  await requireReachable(ctx, url);
  const id = newId('whk');
  const secret = newSecret(signing);
  const sealed = sealSecret(ctx, { endpointId: id, secret });
  return ctx.db.transaction(async (tx) => {
    const { organizationId } = await lockProject(tx, projectId);
    const [held] = await tx
      .select({ endpoints: count() })
      .from(webhookEndpoint)
      .where(eq(webhookEndpoint.projectId, projectId));
    if ((held?.endpoints ?? 0) >= MOST_ENDPOINTS)
      throw slipwayError(
        'conflict',
        `A project has at most ${MOST_ENDPOINTS} webhooks; delete one that it does not need.`,
      );
    const now = ctx.now();
    const [row] = await tx
      .insert(webhookEndpoint)
      .values({
        id,
        projectId,
        ...wish,
        secret: sealed,
        createdAt: now,
        updatedAt: now,
      })
      .returning();
    if (row === undefined) throw new Error('the new endpoint was not returned');
    await recordAudit(tx, ctx, {
      organizationId,
      action: 'webhook_endpoint.created',
      entityId: id,
      data: { projectId, ...wish },
    });
    return { ...endpointView(row, now), secret: verificationKey(secret) };
  });
}
