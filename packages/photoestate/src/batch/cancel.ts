import { recordAudit } from '@repo/foundation/audit';
import { and, eq, inArray } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { ACTIVE, giveBack, publishEnhancement } from '../enhancement/internal.ts';
import { enhancement } from '../enhancement/table.ts';
import { appError } from '../errors.ts';
import { lockListing } from '../listing/internal.ts';
import { settleListing } from '../listing/settle.ts';
import { requireBatch } from './internal.ts';
import { BatchRef } from './schema.ts';
import { settleBatches } from './settle.ts';
import { enhanceBatch } from './table.ts';

/** Ends what is not done yet, and gives its credits back; running engines are stopped within seconds. */
export async function cancelBatch(ctx: Context, input: BatchRef): Promise<{ cancelled: number }> {
  const { batchId } = BatchRef.parse(input);
  const { listing } = await requireBatch(ctx, batchId, 'enhance.run');
  return ctx.db.transaction(async (tx) => {
    await lockListing(tx, listing.id);
    const now = ctx.now();
    const rows = await tx
      .update(enhancement)
      .set({ status: 'cancelled', step: null, firstLook: null, finishedAt: now })
      .where(and(eq(enhancement.batchId, batchId), inArray(enhancement.status, [...ACTIVE])))
      .returning();
    if (rows.length === 0) {
      throw appError('not_running', 'This has ended already, so there is nothing to cancel.');
    }
    await tx
      .update(enhanceBatch)
      .set({ cancelledAt: now, pausedAt: null })
      .where(eq(enhanceBatch.id, batchId));
    await recordAudit(tx, ctx, {
      organizationId: listing.organizationId,
      action: 'batch.cancelled',
      entityId: batchId,
      data: { listingId: listing.id, scenes: rows.map(({ sceneId }) => sceneId) },
    });
    await giveBack(tx, ctx, rows);
    for (const row of rows) await publishEnhancement(tx, ctx, row);
    await settleListing(tx, ctx, listing.id);
    await settleBatches(tx, ctx, rows);
    return { cancelled: rows.length };
  });
}
