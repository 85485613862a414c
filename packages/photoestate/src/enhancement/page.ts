import { and, desc, eq, exists, sql } from 'drizzle-orm';
import { decodePlace, encodePlace, LAST } from '../api/cursor.ts';
import type { Context } from '../context.ts';
import { requireListing } from '../listing/internal.ts';
import { framesOf, readyPhotos } from '../scene/internal.ts';
import { livingInputs, toEnhancement } from './internal.ts';
import { ownedVersions } from './owner.ts';
import { type Enhancement, PageEnhancements } from './schema.ts';
import { enhancement } from './table.ts';

/** Every version in a listing, newest first, a page at a time by keyset. */
export async function pageEnhancements(
  ctx: Context,
  input: PageEnhancements,
): Promise<{ data: Enhancement[]; nextCursor: string | null }> {
  await requireListing(ctx, input.listingId, 'listing.read');
  const { listingId, status, cursor, limit } = PageEnhancements.parse(input);
  const place = decodePlace(cursor, LAST.moment);
  const rows = await ctx.db
    .select()
    .from(enhancement)
    .where(
      and(
        eq(enhancement.listingId, listingId),
        exists(livingInputs(ctx.db)),
        status === undefined ? undefined : eq(enhancement.status, status),
        place &&
          sql`(${enhancement.createdAt}, ${enhancement.id}) < (${new Date(place.at).toISOString()}::timestamptz, ${place.id})`,
      ),
    )
    .orderBy(desc(enhancement.createdAt), desc(enhancement.id))
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const photos = await readyPhotos(ctx.db, listingId);
  const owned = await ownedVersions(ctx.db, { listingIds: [listingId] });
  const owners = new Map(owned.map(({ id, sceneId }) => [id, sceneId]));
  return {
    data: page.map((row) => {
      const sceneId = owners.get(row.id) ?? row.sceneId;
      return toEnhancement(row, { sceneId, frames: framesOf(photos, sceneId) });
    }),
    nextCursor:
      rows.length > limit && last !== undefined
        ? encodePlace({ at: last.createdAt.getTime(), id: last.id })
        : null,
  };
}
