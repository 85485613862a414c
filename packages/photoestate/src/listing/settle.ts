import type { Tx } from '@repo/foundation/db';
import { and, eq, ne, sql } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { publishListingEvent } from '../live/publish.ts';
import { tellBatchEnd } from '../notice/batch-end.ts';
import { type LISTING_STATUSES, listing } from './table.ts';

interface Facts extends Record<string, unknown> {
  working: boolean;
  arriving: boolean;
  /** Whether anything was finished, and whether that was after the last delivery. */
  finished: boolean;
  delivered: boolean;
}

/**
 * Says what the listing is at, from what is there. To be called in every transaction that changes whether
 * photos are read, scenes worked on, or results handed over; under the listing's lock, because two that
 * end at once would each think that the other is still under way. A deleted one is at nothing any more.
 */
export async function settleListing(tx: Tx, ctx: Context, listingId: string): Promise<void> {
  const { rows } = await tx.execute<Facts>(sql`
    with results as (
      select max(finished_at) as last from enhancement
      where listing_id = ${listingId} and status = 'done' and review is distinct from 'rejected'
    )
    select exists (
        select 1 from enhancement
        where listing_id = ${listingId} and status in ('queued', 'running')) as working,
      exists (
        select 1 from photo
        where listing_id = ${listingId} and status = 'uploaded' and deleted_at is null) as arriving,
      results.last is not null as finished,
      coalesce(l.delivered_at >= coalesce(results.last, l.delivered_at), false) as delivered
    from listing l, results where l.id = ${listingId} and l.deleted_at is null`);
  const [facts] = rows;
  if (facts === undefined) return;
  if (!facts.working) await tellBatchEnd(tx, ctx, listingId);
  const status = statusBy(facts);
  const settled = await tx
    .update(listing)
    .set({ status, updatedAt: ctx.now() })
    .where(and(eq(listing.id, listingId), ne(listing.status, status)))
    .returning({ id: listing.id });
  if (settled.length > 0) await publishListingEvent(tx, ctx, { type: 'listing', listingId });
}

function statusBy(facts: Facts): (typeof LISTING_STATUSES)[number] {
  if (facts.working) return 'processing';
  if (facts.arriving) return 'uploading';
  if (facts.delivered) return 'delivered';
  return facts.finished ? 'review' : 'draft';
}
