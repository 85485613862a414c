import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { requireListing } from '../listing/internal.ts';
import { toPhoto } from './internal.ts';
import { ListPhotos, type Photo } from './schema.ts';
import { photo } from './table.ts';

/** Every photo of a listing in order of arrival: waiting, usable and refused ones. */
export async function listPhotos(ctx: Context, input: ListPhotos): Promise<Photo[]> {
  const { listingId } = ListPhotos.parse(input);
  await requireListing(ctx, listingId, 'listing.read');
  const rows = await ctx.db
    .select()
    .from(photo)
    .where(and(eq(photo.listingId, listingId), isNull(photo.deletedAt)))
    .orderBy(asc(photo.position), asc(photo.id));
  return rows.map(toPhoto);
}
