import { recordAudit } from '@repo/foundation/audit';
import { eq } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { publishListingEvent } from '../live/publish.ts';
import { lockListing, requireListing, toListing } from './internal.ts';
import { type Listing, UpdateListing } from './schema.ts';
import { listing } from './table.ts';

export async function updateListing(ctx: Context, input: UpdateListing): Promise<Listing> {
  const { listingId, address, status } = UpdateListing.parse(input);
  await requireListing(ctx, listingId, 'listing.edit');
  return ctx.db.transaction(async (tx) => {
    const before = await lockListing(tx, listingId);
    const change = {
      address: address ?? before.address,
      status: status ?? before.status,
      updatedAt: ctx.now(),
    };
    await tx.update(listing).set(change).where(eq(listing.id, listingId));
    await recordAudit(tx, ctx, {
      organizationId: before.organizationId,
      action: 'listing.updated',
      entityId: listingId,
      data: { address, status },
    });
    await publishListingEvent(tx, ctx, { type: 'listing', listingId });
    return toListing({ ...before, ...change });
  });
}
