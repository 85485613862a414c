import { inArray, lte, sql } from 'drizzle-orm';
import type { BaseContext } from '../context/index.ts';
import { KEPT_MS } from './claim.ts';
import type { IdempotencyTable } from './table.ts';

const BATCH = 5_000;

/** Handler of `idempotency.prune`: answers are kept for a day. */
export async function pruneIdempotencyKeys(
  table: IdempotencyTable,
  ctx: Pick<BaseContext, 'db' | 'now'>,
): Promise<void> {
  const over = new Date(ctx.now().getTime() - KEPT_MS);
  for (;;) {
    const old = ctx.db
      .select({ ctid: sql`ctid` })
      .from(table)
      .where(lte(table.createdAt, over))
      .limit(BATCH);
    const { rowCount } = await ctx.db.delete(table).where(inArray(sql`ctid`, old));
    if ((rowCount ?? 0) < BATCH) return;
  }
}
