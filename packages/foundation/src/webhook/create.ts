import { count, eq } from 'drizzle-orm';
import { recordAudit } from '../audit/index.ts';
import { appError } from '../errors/index.ts';
import { newId } from '../ids/index.ts';
import type { At } from './home.ts';
import { endpointView, requireReachable } from './internal.ts';
import type { NewWebhook, WebhookWithSecret } from './schema.ts';
import { sealSecret } from './secrets.ts';
import { newSecret, verificationKey } from './sign.ts';

/** Each event is written once for each of them. */
const MOST_ENDPOINTS = 50;

/** @throws `validation_failed` for an address that may not be reached, `unavailable` without sealing keys. */
export async function createWebhook(
  { home, ctx }: At,
  { ownerId, read }: { ownerId: string; read: () => NewWebhook },
): Promise<WebhookWithSecret> {
  await home.allow(ctx, ownerId);
  const { liveOnly = false, ...wish } = read();
  const { url, signing } = wish;
  await requireReachable({ home, ctx }, url);
  const { endpoint } = home.tables;
  const id = newId('whk');
  const secret = newSecret(signing);
  const sealed = sealSecret({ home, ctx }, { endpointId: id, secret });
  return ctx.db.transaction(async (tx) => {
    const { organizationId } = await home.lock(tx, ownerId);
    const [held] = await tx
      .select({ endpoints: count() })
      .from(endpoint)
      .where(eq(endpoint.ownerId, ownerId));
    if ((held?.endpoints ?? 0) >= MOST_ENDPOINTS)
      throw appError(
        'conflict',
        `${an(home.ownerName)} has at most ${MOST_ENDPOINTS} webhooks; delete one that it does not need.`,
      );
    const now = ctx.now();
    const [row] = await tx
      .insert(endpoint)
      .values({
        id,
        ownerId,
        liveOnly,
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
      data: { ...home.audited(ownerId), ...wish, ...(home.tests && { liveOnly }) },
    });
    return { ...endpointView(home, row, now), secret: verificationKey(secret) };
  });
}

const an = (name: string) => `${/^[aeio]/.test(name) ? 'An' : 'A'} ${name}`;
