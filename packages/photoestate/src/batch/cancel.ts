import { recordAudit } from '@repo/foundation/audit';
import { eq } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { cancelWhere } from '../enhancement/internal.ts';
import { enhancement } from '../enhancement/table.ts';
import { appError } from '../errors.ts';
import { lockListing } from '../listing/internal.ts';
import { requireBatch } from './internal.ts';
import { BatchRef } from './schema.ts';
import { enhanceBatch } from './table.ts';

/** Ends what is not done yet, and gives its credits back; running engines are stopped within seconds. */
export async function cancelBatch(ctx: Context, input: BatchRef): Promise<{ cancelled: number }> {
  const { batchId } = BatchRef.parse(input);
  const { listing } = await requireBatch(ctx, batchId, 'enhance.run');
  return ctx.db.transaction(async (tx) => {
    await lockListing(tx, listing.id);
    const rows = await cancelWhere(tx, ctx, eq(enhancement.batchId, batchId));
    if (rows.length === 0) {
      throw appError('not_running', 'This has ended already, so there is nothing to cancel.');
    }
    await tx
      .update(enhanceBatch)
      .set({ cancelledAt: ctx.now(), pausedAt: null })
      .where(eq(enhanceBatch.id, batchId));
    await recordAudit(tx, ctx, {
      organizationId: listing.organizationId,
      action: 'batch.cancelled',
      entityId: batchId,
      data: { listingId: listing.id, scenes: rows.map(({ sceneId }) => sceneId) },
    });
    return { cancelled: rows.length };
  });
}
