import { member, requireOrganization, requireUser } from '@repo/foundation/organization';
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { isResult, ownedVersions } from '../enhancement/owner.ts';
import { mediaUrl } from '../media/url.ts';
import { ROLE_PERMISSIONS, ROLES } from '../permission.ts';
import { findRows, placeAfter } from './find-rows.ts';
import { agentNames, withAgent } from './internal.ts';
import { type ListingPage, type ListingSummary, ListListings } from './schema.ts';
import type { ListingRow } from './table.ts';

/** Who sees a studio's listings. */
const READERS = ROLES.filter((role) => ROLE_PERMISSIONS[role].includes('listing.read'));

/** The user's listings, a page at a time by keyset. */
export async function listListings(ctx: Context, input: ListListings): Promise<ListingPage> {
  const query = ListListings.parse(input);
  const { organizationId, limit, sort } = query;
  if (organizationId !== undefined) await requireOrganization(ctx, organizationId, 'listing.read');
  const organizationIds =
    organizationId === undefined ? await organizationsOf(ctx) : [organizationId];
  const rows = await findRows(ctx.db, organizationIds, query);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: await withSummaries(ctx, page),
    nextCursor: rows.length > limit && last !== undefined ? placeAfter(last, sort) : null,
  };
}

async function organizationsOf(ctx: Context): Promise<string[]> {
  const rows = await ctx.db
    .select({ id: member.organizationId })
    .from(member)
    .where(and(eq(member.userId, requireUser(ctx)), inArray(member.role, READERS)));
  return rows.map(({ id }) => id);
}

interface Counts extends Record<string, unknown> {
  id: string;
  photos: number;
  scenes: number;
  cover_photo: string | null;
}

async function withSummaries(ctx: Context, rows: ListingRow[]): Promise<ListingSummary[]> {
  if (rows.length === 0) return [];
  const ids = sql.join(
    rows.map((row) => sql`${row.id}`),
    sql`, `,
  );
  const { rows: counts } = await ctx.db.execute<Counts>(sql`
    select l.id,
      (select count(*)::int from photo p
        where p.listing_id = l.id and p.deleted_at is null) as photos,
      (select count(*)::int from scene s
        where s.listing_id = l.id and s.deleted_at is null) as scenes,
      (select p.id from photo p
        where p.listing_id = l.id and p.deleted_at is null and p.thumb_file_id is not null
        order by p.position limit 1) as cover_photo
    from listing l where l.id in (${ids})`);
  const names = await agentNames(ctx.db, rows);
  const byId = new Map(counts.map((entry) => [entry.id, entry]));
  const owned = await ownedVersions(ctx.db, { listingIds: rows.map((row) => row.id) });
  const results = Map.groupBy(owned.filter(isResult), (version) => version.listingId);
  return rows.map((row) => {
    const entry = byId.get(row.id);
    const done = results.get(row.id) ?? [];
    return {
      ...withAgent(row, names),
      photoCount: entry?.photos ?? 0,
      sceneCount: entry?.scenes ?? 0,
      enhancedCount: new Set(done.map((version) => version.sceneId)).size,
      coverUrl: coverUrl(done[0]?.id, entry?.cover_photo),
    };
  });
}

/** The first scene's result, else the first photo. */
function coverUrl(resultId: string | undefined, photoId: string | null | undefined): string | null {
  if (resultId) return mediaUrl('enhancements', resultId, 'thumb');
  return photoId ? mediaUrl('photos', photoId, 'thumb') : null;
}
