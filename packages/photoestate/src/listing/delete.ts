import { recordAudit } from '@repo/foundation/audit';
import { eq } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { cancelWhere } from '../enhancement/internal.ts';
import { enhancement } from '../enhancement/table.ts';
import { publishListingEvent } from '../live/publish.ts';
import { lockListing, requireListing } from './internal.ts';
import { cleanListingJob } from './jobs.ts';
import { ListingRef } from './schema.ts';
import { listing } from './table.ts';

/** Out of sight at once, and what is under way ends; the files in Slipway, then the rows, go in a job. */
export async function deleteListing(ctx: Context, input: ListingRef): Promise<void> {
  const { listingId } = ListingRef.parse(input);
  await requireListing(ctx, listingId, 'listing.delete');
  await ctx.db.transaction(async (tx) => {
    const { organizationId, address } = await lockListing(tx, listingId);
    await tx.update(listing).set({ deletedAt: ctx.now() }).where(eq(listing.id, listingId));
    const ended = await cancelWhere(tx, ctx, eq(enhancement.listingId, listingId));
    await recordAudit(tx, ctx, {
      organizationId,
      action: 'listing.deleted',
      entityId: listingId,
      data: { address, cancelled: ended.length },
    });
    await publishListingEvent(tx, ctx, { type: 'listing', listingId });
    await ctx.queue.enqueue(tx, cleanListingJob, { payload: { listingId } });
  });
}
