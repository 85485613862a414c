import type { Db, Tx } from '@repo/foundation/db';
import type { Context } from '../context.ts';
import type { ListingEvent } from './schema.ts';

export const listingTopic = (listingId: string) => `listing:${listingId}`;

/** Reaches every open page of the listing when the transaction commits. */
export async function publishListingEvent(
  tx: Db | Tx,
  ctx: Context,
  event: ListingEvent,
): Promise<void> {
  await ctx.pubsub.publish(tx, listingTopic(event.listingId), event);
}
