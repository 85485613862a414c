import { recordAudit } from '@repo/foundation/audit';
import { and, eq, isNull } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { appError } from '../errors.ts';
import { lockListing } from '../listing/internal.ts';
import { publishListingEvent } from '../live/publish.ts';
import { requireBatch } from './internal.ts';
import { BatchRef } from './schema.ts';
import { enhanceBatch } from './table.ts';

/** Begins nothing more of it; what runs is finished. Its credits stay held, for a month at most: `cancelLongPaused`. */
export async function pauseBatch(ctx: Context, input: BatchRef): Promise<void> {
  const { batchId } = BatchRef.parse(input);
  const { listing } = await requireBatch(ctx, batchId, 'enhance.run');
  await ctx.db.transaction(async (tx) => {
    await lockListing(tx, listing.id);
    const [batch] = await tx.select().from(enhanceBatch).where(eq(enhanceBatch.id, batchId));
    if (batch?.pausedAt) return;
    const paused = await tx
      .update(enhanceBatch)
      .set({ pausedAt: ctx.now() })
      .where(and(eq(enhanceBatch.id, batchId), isNull(enhanceBatch.endedAt)))
      .returning({ id: enhanceBatch.id });
    if (paused.length === 0) {
      throw appError('not_running', 'This has ended already, so there is nothing to pause.');
    }
    await recordAudit(tx, ctx, {
      organizationId: listing.organizationId,
      action: 'batch.paused',
      entityId: batchId,
      data: { listingId: listing.id },
    });
    await publishListingEvent(tx, ctx, { type: 'batch', listingId: listing.id });
  });
}
