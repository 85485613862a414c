import { and, desc, eq, gt, isNull, or } from 'drizzle-orm';
import { user } from '../auth/index.ts';
import type { BaseContext } from '../context/index.ts';
import type { KeyHome } from './home.ts';
import { type ApiKeyView, apiKeyView } from './internal.ts';

export interface ListedApiKey<S extends string = string> extends ApiKeyView<S> {
  /** Who made it, by name; null when nobody did, or nobody knows them any more. */
  createdByName: string | null;
  isOver: boolean;
}

/** What is known of the owner's keys, newest first; never the keys themselves. */
export async function listApiKeys<C extends BaseContext, S extends string>(
  home: KeyHome<C, S>,
  ctx: C,
  ownerId: string,
): Promise<ListedApiKey<S>[]> {
  await home.allow(ctx, ownerId);
  const { table } = home;
  const rows = await ctx.db
    .select({ key: table, createdByName: user.name })
    .from(table)
    .leftJoin(user, eq(user.id, table.createdBy))
    .where(
      and(
        eq(table.ownerId, ownerId),
        isNull(table.revokedAt),
        // One whose successor has taken over is of no use to anybody.
        or(isNull(table.rolledTo), gt(table.expiresAt, ctx.now())),
      ),
    )
    .orderBy(desc(table.createdAt), desc(table.id));
  return rows.map(({ key, createdByName }) => ({
    ...apiKeyView<S>(home, key),
    createdByName,
    isOver: key.expiresAt !== null && key.expiresAt <= ctx.now(),
  }));
}
