import { recordAudit } from '@repo/foundation/audit';
import { and, eq, isNotNull } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { enhanceSceneJob } from '../enhancement/jobs.ts';
import { enhancement } from '../enhancement/table.ts';
import { lockListing } from '../listing/internal.ts';
import { publishListingEvent } from '../live/publish.ts';
import { requireBatch } from './internal.ts';
import { BatchRef } from './schema.ts';
import { enhanceBatch } from './table.ts';

/** Goes on with what waits of it. One that is not paused is left as it is. */
export async function resumeBatch(ctx: Context, input: BatchRef): Promise<void> {
  const { batchId } = BatchRef.parse(input);
  const { listing } = await requireBatch(ctx, batchId, 'enhance.run');
  await ctx.db.transaction(async (tx) => {
    await lockListing(tx, listing.id);
    const resumed = await tx
      .update(enhanceBatch)
      .set({ pausedAt: null })
      .where(and(eq(enhanceBatch.id, batchId), isNotNull(enhanceBatch.pausedAt)))
      .returning({ id: enhanceBatch.id });
    if (resumed.length === 0) return;
    const waiting = await tx
      .select({ enhancementId: enhancement.id })
      .from(enhancement)
      .where(and(eq(enhancement.batchId, batchId), eq(enhancement.status, 'queued')));
    // Their jobs found nothing to do meanwhile.
    for (const payload of waiting) await ctx.queue.enqueue(tx, enhanceSceneJob, { payload });
    await recordAudit(tx, ctx, {
      organizationId: listing.organizationId,
      action: 'batch.resumed',
      entityId: batchId,
      data: { listingId: listing.id },
    });
    await publishListingEvent(tx, ctx, { type: 'batch', listingId: listing.id });
  });
}
