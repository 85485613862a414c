import { member, requireOrganization, requireUser } from '@repo/foundation/organization';
import { and, eq, inArray, isNull, notExists, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Context } from '../context.ts';
import { toEnhancement } from '../enhancement/internal.ts';
import { isResult, type OwnedVersion, ownedVersions } from '../enhancement/owner.ts';
import { enhancement } from '../enhancement/table.ts';
import { requireListing } from '../listing/internal.ts';
import { type ListingRow, listing } from '../listing/table.ts';
import { ROLE_PERMISSIONS, ROLES } from '../permission.ts';
import { toPhoto } from '../photo/internal.ts';
import { type PhotoRow, photo } from '../photo/table.ts';
import { withoutTwins } from '../scene/internal.ts';
import { scene } from '../scene/table.ts';
import { ListReviews, type ReviewItem, type ReviewList } from './schema.ts';

const MOST = 200;
/** Versions that are looked at together, until enough of them wait. */
const PIECE = 200;

/** Scenes whose result fell below a threshold and nobody has decided yet; what waits longest comes first. */
export async function listReviews(ctx: Context, input: ListReviews): Promise<ReviewList> {
  const { organizationId, listingId } = ListReviews.parse(input);
  const userId = requireUser(ctx);
  if (organizationId !== undefined) await requireOrganization(ctx, organizationId, 'listing.read');
  if (listingId !== undefined) await requireListing(ctx, listingId, 'listing.read');
  const roles = await ctx.db
    .select({ id: member.organizationId, role: member.role })
    .from(member)
    .where(eq(member.userId, userId));
  const organizationIds = roles
    .filter(({ id, role }) => may(role, 'listing.read') && id === (organizationId ?? id))
    .map(({ id }) => id);
  const items: ReviewItem[] = [];
  let after: Candidate | undefined;
  do {
    const candidates = await candidatesAfter(ctx, { organizationIds, listingId, after });
    const waiting = await itemsOf(ctx, candidates, (owner) =>
      roles.some(({ id, role }) => id === owner.organizationId && may(role, 'review.decide')),
    );
    items.push(...waiting);
    after = candidates.length < PIECE ? undefined : candidates.at(-1);
  } while (after !== undefined && items.length <= MOST);
  return { items: items.slice(0, MOST), hasMore: items.length > MOST };
}

interface Candidate {
  id: string;
  listingId: string;
  finishedAt: Date;
}

/**
 * Flagged versions, the oldest first. Of those that are below another result of the same frames nobody has to
 * decide; there are more of them with every adjustment, so that they are left out here. What else is not its scene's
 * result, because the scene has other frames by now, is told by `ownedVersions`.
 */
async function candidatesAfter(
  ctx: Context,
  {
    organizationIds,
    listingId,
    after,
  }: {
    organizationIds: readonly string[];
    listingId: string | undefined;
    after: Candidate | undefined;
  },
): Promise<Candidate[]> {
  const finishedAt = sql<Date>`coalesce(${enhancement.finishedAt}, ${enhancement.createdAt})`;
  return ctx.db
    .select({
      id: enhancement.id,
      listingId: enhancement.listingId,
      finishedAt: finishedAt.mapWith(enhancement.createdAt),
    })
    .from(enhancement)
    .innerJoin(listing, eq(listing.id, enhancement.listingId))
    .where(
      and(
        eq(enhancement.review, 'flagged'),
        isNull(listing.deletedAt),
        inArray(listing.organizationId, [...organizationIds]),
        listingId === undefined ? undefined : eq(enhancement.listingId, listingId),
        notExists(ctx.db.select({ one: sql`1` }).from(newer).where(isAbove)),
        after && sql`(${finishedAt}, ${enhancement.id}) > (${after.finishedAt}, ${after.id})`,
      ),
    )
    .orderBy(finishedAt, enhancement.id)
    .limit(PIECE);
}

const newer = alias(enhancement, 'newer');

/** As `ownedVersions` orders the versions of one scene, where both are of the same frames. */
const isAbove = and(
  eq(newer.sceneId, enhancement.sceneId),
  eq(newer.listingId, enhancement.listingId),
  eq(newer.status, 'done'),
  sql`${newer.review} is distinct from 'rejected'`,
  sql`${newer.inputPhotoIds} @> ${enhancement.inputPhotoIds}`,
  sql`${newer.inputPhotoIds} <@ ${enhancement.inputPhotoIds}`,
  sql`(${newer.currentAt} is not null or ${enhancement.currentAt} is null)`,
  sql`(coalesce(${newer.currentAt}, ${newer.createdAt}), ${newer.id}) > (coalesce(${enhancement.currentAt}, ${enhancement.createdAt}), ${enhancement.id})`,
);

function may(role: string, permission: 'listing.read' | 'review.decide'): boolean {
  const known = ROLES.find((each) => each === role);
  return known !== undefined && ROLE_PERMISSIONS[known].includes(permission);
}

/** Those of the candidates that are their scene's result, in the same order. */
async function itemsOf(
  ctx: Context,
  candidates: readonly Candidate[],
  decidable: (owner: ListingRow) => boolean,
): Promise<ReviewItem[]> {
  const listingIds = [...new Set(candidates.map(({ listingId }) => listingId))];
  const owned = await ownedVersions(ctx.db, { listingIds });
  const results = new Map([...firstResults(owned).values()].map((first) => [first.id, first]));
  const waiting = candidates.flatMap(({ id }) => results.get(id) ?? []);
  if (waiting.length === 0) return [];
  const ids = waiting.map(({ id }) => id);
  const sceneIds = waiting.map(({ sceneId }) => sceneId);
  const [listings, rows, scenes, photos] = await Promise.all([
    ctx.db.select().from(listing).where(inArray(listing.id, listingIds)),
    ctx.db.select().from(enhancement).where(inArray(enhancement.id, ids)),
    ctx.db.select().from(scene).where(inArray(scene.id, sceneIds)),
    ctx.db
      .select()
      .from(photo)
      .where(
        and(inArray(photo.sceneId, sceneIds), eq(photo.status, 'ready'), isNull(photo.deletedAt)),
      ),
  ]);
  return waiting.flatMap(({ id, sceneId, listingId }): ReviewItem[] => {
    const row = rows.find((each) => each.id === id);
    const shown = scenes.find((each) => each.id === sceneId);
    const owner = listings.find((each) => each.id === listingId);
    if (row === undefined || shown === undefined || owner === undefined) return [];
    const members = withoutTwins(photos.filter((each) => each.sceneId === sceneId));
    const frames = members.map((each) => each.id);
    return [
      {
        version: toEnhancement(row, { sceneId, frames }),
        scene: {
          ...{ id: sceneId, position: shown.position, label: shown.label },
          exposures: members.length,
        },
        listing: { id: owner.id, address: owner.address },
        original: originalOf(members),
        adjusting: owned.some(
          (each) => each.sceneId === sceneId && ['queued', 'running'].includes(each.status),
        ),
        decidable: decidable(owner),
      },
    ];
  });
}

function firstResults(owned: readonly OwnedVersion[]): Map<string, OwnedVersion> {
  const first = new Map<string, OwnedVersion>();
  for (const version of owned.filter(isResult)) {
    if (!first.has(version.sceneId)) first.set(version.sceneId, version);
  }
  return first;
}

/** The exposure in the middle looks most like what the eye saw. */
function originalOf(members: readonly PhotoRow[]): ReviewItem['original'] {
  const byLight = [...members].sort((a, b) => (a.ev ?? 0) - (b.ev ?? 0));
  const middle = byLight[Math.floor((byLight.length - 1) / 2)];
  if (middle === undefined) return null;
  const { thumb, preview } = toPhoto(middle).urls;
  return { thumb, preview };
}
