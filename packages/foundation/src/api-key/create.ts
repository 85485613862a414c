import { and, count, eq, isNull } from 'drizzle-orm';
import { recordAudit } from '../audit/index.ts';
import { actorId, type BaseContext } from '../context/index.ts';
import type { Tx } from '../db/index.ts';
import { appError } from '../errors/index.ts';
import type { KeyHome } from './home.ts';
import { type ApiKeyView, apiKeyView, auditedKey, insertApiKey } from './internal.ts';
import type { KeyEnvironment } from './table.ts';

/** More than anybody keeps an eye on. */
const MOST_KEYS = 100;

/** As the product's schema read it. */
export interface KeyWish<S extends string> {
  ownerId: string;
  name: string;
  environment: KeyEnvironment;
  scopes: S[];
  expiresAt: Date | null;
}

/** A new key: in this answer and nowhere else. */
export interface MadeKey<S extends string> {
  apiKey: ApiKeyView<S>;
  key: string;
}

/**
 * One more key for its owner.
 *
 * @param read gives the wish; asked for after the permission
 * @throws `validation_failed` for an end that is past, `conflict` when there are too many.
 */
export async function createApiKey<C extends BaseContext, S extends string>(
  home: KeyHome<C, S>,
  ctx: C,
  { ownerId, read }: { ownerId: string; read: () => Omit<KeyWish<S>, 'ownerId'> },
): Promise<MadeKey<S>> {
  await home.allow(ctx, ownerId);
  const wish = { ...read(), ownerId };
  home.requireEnvironment(ctx, wish.environment);
  if (wish.expiresAt !== null && wish.expiresAt <= ctx.now()) {
    throw appError(
      'validation_failed',
      `Expected "expiresAt" to be in the future, received ${wish.expiresAt.toISOString()}.`,
    );
  }
  return ctx.db.transaction((tx) => makeKey(tx, { home, ctx }, wish));
}

/** In the caller's transaction, which asked for the permission. */
export async function makeKey<C extends BaseContext, S extends string>(
  tx: Tx,
  { home, ctx }: { home: KeyHome<C, S>; ctx: C },
  wish: KeyWish<S>,
): Promise<MadeKey<S>> {
  const { table, ownerName } = home;
  const { ownerId } = wish;
  const { organizationId } = await home.lock(tx, ownerId);
  const [held] = await tx
    .select({ keys: count() })
    .from(table)
    .where(and(eq(table.ownerId, ownerId), isNull(table.revokedAt)));
  if ((held?.keys ?? 0) >= MOST_KEYS) {
    const owner = `${/^[aeio]/.test(ownerName) ? 'An' : 'A'} ${ownerName}`;
    throw appError('conflict', `${owner} has at most ${MOST_KEYS} keys; revoke one first.`);
  }
  const { row, key } = await insertApiKey(tx, home, {
    ...wish,
    createdBy: actorId(ctx.actor),
    createdAt: ctx.now(),
  });
  await recordAudit(tx, ctx, {
    organizationId,
    action: 'api_key.created',
    entityId: row.id,
    data: { ...home.audited(ownerId), after: auditedKey(row) },
  });
  return { apiKey: apiKeyView<S>(home, row), key };
}
