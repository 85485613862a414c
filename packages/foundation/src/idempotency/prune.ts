import { lte } from 'drizzle-orm';
import type { BaseContext } from '../context/index.ts';
import { deleteInPieces } from '../db/index.ts';
import { KEPT_MS } from './claim.ts';
import type { IdempotencyTable } from './table.ts';

/** Handler of `idempotency.prune`: answers are kept for a day. */
export async function pruneIdempotencyKeys(
  table: IdempotencyTable,
  ctx: Pick<BaseContext, 'db' | 'now'>,
): Promise<void> {
  const over = new Date(ctx.now().getTime() - KEPT_MS);
  await deleteInPieces(ctx.db, { table, where: lte(table.createdAt, over) });
}
