import { recordAudit } from '@repo/foundation/audit';
import { eq } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { publishListingEvent } from '../live/publish.ts';
import { lockListing, requireListing } from './internal.ts';
import { cleanListingJob } from './jobs.ts';
import { ListingRef } from './schema.ts';
import { listing } from './table.ts';

/** Out of sight at once; the files in Slipway, then the rows, go in a job. */
export async function deleteListing(ctx: Context, input: ListingRef): Promise<void> {
  const { listingId } = ListingRef.parse(input);
  await requireListing(ctx, listingId, 'listing.delete');
  await ctx.db.transaction(async (tx) => {
    const { organizationId, address } = await lockListing(tx, listingId);
    await tx.update(listing).set({ deletedAt: ctx.now() }).where(eq(listing.id, listingId));
    await recordAudit(tx, ctx, {
      organizationId,
      action: 'listing.deleted',
      entityId: listingId,
      data: { address },
    });
    await publishListingEvent(tx, ctx, { type: 'listing', listingId });
    await ctx.queue.enqueue(tx, cleanListingJob, { payload: { listingId } });
  });
}
