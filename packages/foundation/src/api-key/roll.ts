import { eq } from 'drizzle-orm';
import { recordAudit } from '../audit/index.ts';
import { actorId, type BaseContext } from '../context/index.ts';
import { appError } from '../errors/index.ts';
import type { MadeKey } from './create.ts';
import type { KeyHome } from './home.ts';
import { apiKeyView, auditedKey, getKeyOf, insertApiKey } from './internal.ts';

const HOUR_MS = 3_600_000;

/**
 * A successor with the same name, scopes and end. The old key works beside it for a while, so that
 * servers can change one by one, or stops with the same commit.
 *
 * @throws `conflict` for a key that has a successor already, or is over.
 */
export async function rollApiKey<C extends BaseContext, S extends string>(
  home: KeyHome<C, S>,
  ctx: C,
  { ownerId, read }: { ownerId: string; read: () => { keyId: string; overlapHours: number } },
): Promise<MadeKey<S>> {
  await home.allow(ctx, ownerId);
  const { keyId, overlapHours } = read();
  const { table } = home;
  return ctx.db.transaction(async (tx) => {
    const { organizationId } = await home.lock(tx, ownerId);
    const old = await getKeyOf(tx, home, { ownerId, keyId });
    home.requireEnvironment(ctx, old.environment);
    const now = ctx.now();
    if (old.rolledTo !== null)
      throw appError('conflict', 'This key was rolled already; roll its successor instead.');
    if (old.expiresAt !== null && old.expiresAt <= now)
      throw appError('conflict', 'This key is over; create a new one instead.');
    const { name, environment, scopes } = old;
    const { row, key } = await insertApiKey(tx, home, {
      ownerId,
      name,
      environment,
      scopes,
      expiresAt: old.expiresAt,
      createdBy: actorId(ctx.actor),
      createdAt: now,
    });
    const worksUntil = earlier(new Date(now.getTime() + overlapHours * HOUR_MS), old.expiresAt);
    await tx
      .update(table)
      .set({
        rolledTo: row.id,
        expiresAt: worksUntil,
        ...(overlapHours === 0 && { revokedAt: now }),
      })
      .where(eq(table.id, keyId));
    await recordAudit(tx, ctx, {
      organizationId,
      action: 'api_key.rolled',
      entityId: keyId,
      data: {
        ...home.audited(ownerId),
        worksUntil: worksUntil.toISOString(),
        before: auditedKey(old),
        after: { ...auditedKey(row), id: row.id },
      },
    });
    return { apiKey: apiKeyView<S>(home, row), key };
  });
}

const earlier = (a: Date, b: Date | null) => (b !== null && b < a ? b : a);
