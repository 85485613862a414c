import { eq } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { appError } from '../errors.ts';
import { requireListing } from '../listing/internal.ts';
import type { ListingRow } from '../listing/table.ts';
import type { Permission } from '../permission.ts';
import { type BatchRow, enhanceBatch } from './table.ts';

/** The batch and its listing, or the same `not_found` for strangers as for nothing. */
export async function requireBatch(
  ctx: Context,
  batchId: string,
  permission: Permission,
): Promise<{ batch: BatchRow; listing: ListingRow }> {
  const [batch] = await ctx.db.select().from(enhanceBatch).where(eq(enhanceBatch.id, batchId));
  // Who is nobody is told so before anything else.
  const listing = await requireListing(ctx, batch?.listingId ?? '', permission).catch((error) => {
    if (batch === undefined && error.code === 'not_found') throw batchMissing(batchId);
    throw error;
  });
  if (batch === undefined) throw batchMissing(batchId);
  return { batch, listing };
}

function batchMissing(batchId: string) {
  return appError('not_found', `There is no batch "${batchId}".`);
}
