import { lt } from 'drizzle-orm';
import { unionAll } from 'drizzle-orm/pg-core';
import type { Context } from '../context.ts';
import { photo } from '../photo/table.ts';
import { cleanListingJob } from './jobs.ts';
import { listing } from './table.ts';

/** A storage may be out of reach for longer than a job is tried again. */
const LATE_MS = 3_600_000;
const MOST = 1_000;

/** Handler of `listing.recover-cleaning`: what people deleted is erased in the end, however long a storage was away. */
export async function recoverCleaning(ctx: Context): Promise<void> {
  for (const listingId of new Set((await lateToErase(ctx)).map(({ id }) => id))) {
    await ctx.queue.enqueue(ctx.db, cleanListingJob, { payload: { listingId } });
  }
}

/** Listings that are to be erased, or of which photos are, for so long. */
export function lateToErase(ctx: Context) {
  const late = new Date(ctx.now().getTime() - LATE_MS);
  return unionAll(
    ctx.db.select({ id: listing.id }).from(listing).where(lt(listing.deletedAt, late)),
    ctx.db.selectDistinct({ id: photo.listingId }).from(photo).where(lt(photo.deletedAt, late)),
  ).limit(MOST);
}
