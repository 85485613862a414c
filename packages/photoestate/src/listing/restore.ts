import type { Context } from '../context.ts';
import type { ListingRefs } from './schema.ts';
import { setArchived } from './set-archived.ts';

export async function restoreListings(
  ctx: Context,
  input: ListingRefs,
): Promise<{ listingIds: string[] }> {
  return setArchived(ctx, input, false);
}
