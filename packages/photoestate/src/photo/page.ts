import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { decodePlace, encodePlace, LAST } from '../api/cursor.ts';
import type { Context } from '../context.ts';
import { requireListing } from '../listing/internal.ts';
import { toPhoto } from './internal.ts';
import { PagePhotos, type Photo } from './schema.ts';
import { photo } from './table.ts';

/** Photos of a listing in order of arrival, a page at a time by keyset. */
export async function pagePhotos(
  ctx: Context,
  input: PagePhotos,
): Promise<{ data: Photo[]; nextCursor: string | null }> {
  await requireListing(ctx, input.listingId, 'listing.read');
  const { listingId, status, cursor, limit } = PagePhotos.parse(input);
  const place = decodePlace(cursor, LAST.position);
  const rows = await ctx.db
    .select()
    .from(photo)
    .where(
      and(
        eq(photo.listingId, listingId),
        isNull(photo.deletedAt),
        status === undefined ? undefined : eq(photo.status, status),
        place && sql`(${photo.position}, ${photo.id}) > (${place.at}::int, ${place.id})`,
      ),
    )
    .orderBy(asc(photo.position), asc(photo.id))
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const isMore = rows.length > limit && last !== undefined;
  return {
    data: page.map(toPhoto),
    nextCursor: isMore ? encodePlace({ at: last.position, id: last.id }) : null,
  };
}
