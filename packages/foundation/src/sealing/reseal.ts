import { and, asc, eq, gt, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { BaseContext } from '../context/index.ts';
import type { KeyRing } from './key-ring.ts';
import { type Sealed, seal, unseal } from './seal.ts';

export interface SealedColumn {
  column: PgColumn;
  /** The row's id, for which its text is sealed. */
  boundTo: PgColumn;
}

const BATCH = 500;

type Surroundings = Pick<BaseContext, 'db' | 'log'>;

/**
 * What the handler of `sealing.reseal` does: seals what an older key sealed with the newest one, so that the older key
 * may go. Returns how many that were, and logs those that no key opens any more.
 */
export async function reseal(
  ctx: Surroundings,
  keys: KeyRing,
  columns: readonly SealedColumn[],
): Promise<number> {
  let resealed = 0;
  for (const each of columns) resealed += await resealColumn(ctx, keys, each);
  if (resealed > 0) ctx.log.info({ resealed, key: keys[0].id }, 'secrets were sealed anew');
  return resealed;
}

async function resealColumn(
  ctx: Surroundings,
  keys: KeyRing,
  { column, boundTo }: SealedColumn,
): Promise<number> {
  const [newest] = keys;
  let resealed = 0;
  let last = '';
  for (;;) {
    const rows = await ctx.db
      .select({ id: sql<string>`${boundTo}`, sealed: sql<Sealed>`${column}` })
      .from(column.table)
      .where(
        and(
          sql`${column} is not null and split_part(${column}, '.', 2) <> ${newest.id}`,
          gt(boundTo, last),
        ),
      )
      .orderBy(asc(boundTo))
      .limit(BATCH);
    for (const { id, sealed } of rows) {
      last = id;
      if (await resealOne(ctx, keys, { column, boundTo, id, sealed })) resealed += 1;
    }
    if (rows.length < BATCH) return resealed;
  }
}

async function resealOne(
  ctx: Surroundings,
  keys: KeyRing,
  { column, boundTo, id, sealed }: SealedColumn & { id: string; sealed: Sealed },
): Promise<boolean> {
  try {
    const fresh = seal(keys, { text: unseal(keys, { sealed, boundTo: id }), boundTo: id });
    const { rowCount } = await ctx.db.execute(sql`
      update ${column.table} set ${sql.identifier(column.name)} = ${fresh}
      where ${and(eq(boundTo, id), eq(column, sealed))}`);
    // None when somebody replaced it meanwhile.
    return (rowCount ?? 0) > 0;
  } catch (error) {
    const { name: field } = column;
    ctx.log.error({ err: error, rowId: id, field }, 'a secret could not be sealed anew');
    return false;
  }
}
