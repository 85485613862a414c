import type { Context } from '../context.ts';
import type { ListingRefs } from './schema.ts';
import { setArchived } from './set-archived.ts';

/** Out of the way, with all that belongs to them; `restoreListings` brings them back as they were. */
export async function archiveListings(
  ctx: Context,
  input: ListingRefs,
): Promise<{ listingIds: string[] }> {
  return setArchived(ctx, input, true);
}
