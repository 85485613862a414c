import { inArray, lte, sql } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { KEPT_MS } from './claim.ts';
import { idempotencyKey } from './table.ts';

const BATCH = 5_000;

/** Handler of `idempotency.prune`: answers are kept for a day. */
export async function pruneIdempotencyKeys(ctx: Pick<SlipwayContext, 'db' | 'now'>): Promise<void> {
  const over = new Date(ctx.now().getTime() - KEPT_MS);
  for (;;) {
    const old = ctx.db
      .select({ ctid: sql`ctid` })
      .from(idempotencyKey)
      .where(lte(idempotencyKey.createdAt, over))
      .limit(BATCH);
    const { rowCount } = await ctx.db.delete(idempotencyKey).where(inArray(sql`ctid`, old));
    if ((rowCount ?? 0) < BATCH) return;
  }
}
