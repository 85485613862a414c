import type { Context } from '../context.ts';
import { requireListing, toListing } from './internal.ts';
import { type Listing, ListingRef } from './schema.ts';

export async function getListing(ctx: Context, input: ListingRef): Promise<Listing> {
  const { listingId } = ListingRef.parse(input);
  return toListing(ctx.db, await requireListing(ctx, listingId, 'listing.read'));
}
