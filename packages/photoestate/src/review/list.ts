import { member, requireOrganization, requireUser } from '@repo/foundation/organization';
import { and, eq, inArray, isNull } from 'drizzle-orm';
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
const MOST_LISTINGS = 100;

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
  const readable = roles.filter(({ role }) => may(role, 'listing.read')).map(({ id }) => id);
  const listings = await ctx.db
    .selectDistinct({ row: listing })
    .from(listing)
    .innerJoin(
      enhancement,
      and(eq(enhancement.listingId, listing.id), eq(enhancement.review, 'flagged')),
    )
    .where(
      and(
        isNull(listing.deletedAt),
        inArray(listing.organizationId, readable),
        organizationId === undefined ? undefined : eq(listing.organizationId, organizationId),
        listingId === undefined ? undefined : eq(listing.id, listingId),
      ),
    )
    .limit(MOST_LISTINGS + 1);
  const shown = listings.slice(0, MOST_LISTINGS).map(({ row }) => row);
  const items = await itemsOf(ctx, shown, (owner) =>
    roles.some(({ id, role }) => id === owner.organizationId && may(role, 'review.decide')),
  );
  return {
    items: items.slice(0, MOST),
    hasMore: items.length > MOST || listings.length > MOST_LISTINGS,
  };
}

function may(role: string, permission: 'listing.read' | 'review.decide'): boolean {
  const known = ROLES.find((each) => each === role);
  return known !== undefined && ROLE_PERMISSIONS[known].includes(permission);
}

async function itemsOf(
  ctx: Context,
  listings: readonly ListingRow[],
  decidable: (owner: ListingRow) => boolean,
): Promise<ReviewItem[]> {
  const listingIds = listings.map(({ id }) => id);
  const owned = await ownedVersions(ctx.db, { listingIds });
  const waiting = [...firstResults(owned).values()].filter(({ review }) => review === 'flagged');
  if (waiting.length === 0) return [];
  const ids = waiting.map(({ id }) => id);
  const sceneIds = waiting.map(({ sceneId }) => sceneId);
  const [rows, scenes, photos] = await Promise.all([
    ctx.db.select().from(enhancement).where(inArray(enhancement.id, ids)),
    ctx.db.select().from(scene).where(inArray(scene.id, sceneIds)),
    ctx.db
      .select()
      .from(photo)
      .where(
        and(inArray(photo.sceneId, sceneIds), eq(photo.status, 'ready'), isNull(photo.deletedAt)),
      ),
  ]);
  const items = waiting.flatMap(({ id, sceneId, listingId }): ReviewItem[] => {
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
  return items.sort((a, b) => finishedAt(a) - finishedAt(b));
}

function firstResults(owned: readonly OwnedVersion[]): Map<string, OwnedVersion> {
  const first = new Map<string, OwnedVersion>();
  for (const version of owned.filter(isResult)) {
    if (!first.has(version.sceneId)) first.set(version.sceneId, version);
  }
  return first;
}

const finishedAt = ({ version }: ReviewItem) => version.finishedAt?.getTime() ?? 0;

/** The exposure in the middle looks most like what the eye saw. */
function originalOf(members: readonly PhotoRow[]): ReviewItem['original'] {
  const byLight = [...members].sort((a, b) => (a.ev ?? 0) - (b.ev ?? 0));
  const middle = byLight[Math.floor((byLight.length - 1) / 2)];
  if (middle === undefined) return null;
  const { thumb, preview } = toPhoto(middle).urls;
  return { thumb, preview };
}
