import { asc, count, desc, eq, sql } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { alterationsOf } from '../enhancement/alterations.ts';
import { requireListing } from '../listing/internal.ts';
import { mediaUrl } from '../media/url.ts';
import { type Branding, brandingOf } from '../organization/branding.ts';
import { deliverableScenes, type Unfinished } from '../review/deliverable.ts';
import { copyStates } from './copy-states.ts';
import { isFinished } from './deliverable.ts';
import { deliveredPhotos } from './delivered.ts';
import { stateOf } from './internal.ts';
import { galleryUrl } from './link.ts';
import { photoNames } from './names.ts';
import {
  type DeliveredPhoto,
  type DeliveriesOfListing,
  type Delivery,
  type DeliveryVisitor,
  ListDeliveries,
} from './schema.ts';
import { USUAL_SIZES } from './sizes.ts';
import {
  type DeliveryRow,
  delivery,
  deliveryPhoto,
  galleryComment,
  galleryFavourite,
  galleryVisitor,
} from './table.ts';
import { commentOf, decidedOf, offeredSizes } from './view.ts';

/** What of a listing can be delivered, and the links to it, newest first, with what came back. */
export async function listDeliveries(
  ctx: Context,
  input: ListDeliveries,
): Promise<DeliveriesOfListing> {
  const { listingId } = ListDeliveries.parse(input);
  const { address, organizationId } = await requireListing(ctx, listingId, 'delivery.manage');
  const [scenes, rows, branding] = await Promise.all([
    deliverableScenes(ctx.db, listingId),
    ctx.db
      .select()
      .from(delivery)
      .where(eq(delivery.listingId, listingId))
      .orderBy(desc(delivery.createdAt), desc(delivery.id)),
    brandingOf(ctx.db, organizationId),
  ]);
  const finished = scenes.filter(isFinished);
  const newest = new Map(finished.map((entry) => [entry.sceneId, entry.version.id]));
  const known = new Map(scenes.map(({ sceneId, ...scene }) => [sceneId, scene]));
  const about = { address, branding, newest, scenes: known };
  const { brandedGalleries: branded, watermarkUntilPaid: watermark } = branding;
  return {
    isMailed: ctx.mailer !== null,
    usual: { branded, watermark, sizes: [...USUAL_SIZES] },
    deliverable: finished.map(({ version, sceneId, position, label }) => ({
      ...{ sceneId, position, label },
      thumbUrl: mediaUrl('enhancements', version.id, 'thumb'),
      width: version.width ?? 3,
      height: version.height ?? 2,
    })),
    unfinished: countUnfinished(scenes),
    deliveries: await Promise.all(rows.map((row) => toDelivery(ctx, row, about))),
  };
}

function countUnfinished(
  scenes: readonly { unfinished: Unfinished | null }[],
): Record<Unfinished, number> {
  const count = (why: Unfinished) => scenes.filter(({ unfinished }) => unfinished === why).length;
  return {
    review: count('review'),
    working: count('working'),
    failed: count('failed'),
    untouched: count('untouched'),
  };
}

interface About {
  address: string;
  branding: Branding;
  newest: ReadonlyMap<string, string>;
  scenes: ReadonlyMap<string, { position: number; label: string | null }>;
}

function sceneOf({ scenes }: About, sceneId: string): DeliveredPhoto['scene'] {
  const found = scenes.get(sceneId);
  return found === undefined ? null : { position: found.position, label: found.label };
}

const MOST_VISITORS = 200;

/** Those who were there last; of many, those who like something stay. */
async function visitorsOf(ctx: Context, deliveryId: string) {
  const rows = await ctx.db
    .select({ visitor: galleryVisitor })
    .from(galleryVisitor)
    .leftJoin(galleryFavourite, eq(galleryFavourite.visitorId, galleryVisitor.id))
    .where(eq(galleryVisitor.deliveryId, deliveryId))
    .groupBy(galleryVisitor.id)
    .orderBy(desc(sql`${count(galleryFavourite.photoId)} > 0`), desc(galleryVisitor.lastSeenAt))
    .limit(MOST_VISITORS);
  return rows
    .map(({ visitor }) => visitor)
    .sort((a, b) => b.lastSeenAt.getTime() - a.lastSeenAt.getTime());
}

/** Who likes what, in the order of the photos. */
async function likesOf(ctx: Context, deliveryId: string) {
  const likes = await ctx.db
    .select({ photoId: galleryFavourite.photoId, visitorId: galleryFavourite.visitorId })
    .from(galleryFavourite)
    .innerJoin(deliveryPhoto, eq(deliveryPhoto.id, galleryFavourite.photoId))
    .where(eq(deliveryPhoto.deliveryId, deliveryId))
    .orderBy(asc(deliveryPhoto.position), asc(deliveryPhoto.id));
  return {
    ofPhoto: Map.groupBy(likes, ({ photoId }) => photoId),
    ofVisitor: Map.groupBy(likes, ({ visitorId }) => visitorId),
  };
}

async function toDelivery(ctx: Context, row: DeliveryRow, about: About): Promise<Delivery> {
  const [delivered, visitors, likes, comments] = await Promise.all([
    deliveredPhotos(ctx.db, row.id),
    visitorsOf(ctx, row.id),
    likesOf(ctx, row.id),
    ctx.db
      .select()
      .from(galleryComment)
      .where(eq(galleryComment.deliveryId, row.id))
      .orderBy(desc(galleryComment.createdAt), desc(galleryComment.id)),
  ]);
  const names = photoNames(
    about.address,
    delivered.map(({ photo }) => photo),
  );
  const { id, listingId, recipients, message, expiresAt, revokedAt, branded, watermark } = row;
  const { paidAt, sizes, announcedAt, createdAt, updatedAt } = row;
  const { branding } = about;
  const states = await copyStates(ctx, { delivery: row, branding }, delivered);
  return {
    ...{ id, listingId, recipients, message, expiresAt, revokedAt, branded, watermark },
    ...{ paidAt, sizes, announcedAt, createdAt, updatedAt },
    url: galleryUrl(ctx, row),
    state: stateOf(row, ctx.now()),
    hasPin: row.pinHash !== null,
    offered: offeredSizes(row),
    decided: decidedOf(row),
    photos: delivered.map(({ photo, version }, index) => ({
      id: photo.id,
      sceneId: photo.sceneId,
      scene: sceneOf(about, photo.sceneId),
      title: photo.title,
      name: names[index] ?? '',
      thumbUrl: mediaUrl('enhancements', version.id, 'thumb'),
      width: version.width ?? 3,
      height: version.height ?? 2,
      outdated: (about.newest.get(photo.sceneId) ?? version.id) !== version.id,
      favourites: likes.ofPhoto.get(photo.id)?.length ?? 0,
      altered: alterationsOf(version)?.altered ?? [],
      signedBy: states[index]?.signedBy ?? null,
      decided: decidedOf(photo),
    })),
    prepared: states.filter(({ prepared }) => prepared).length,
    visitors: visitors.map(
      (visitor): DeliveryVisitor => ({
        id: visitor.id,
        name: visitor.name,
        opened: visitor.opened,
        downloads: visitor.downloads,
        favourites: likes.ofVisitor.get(visitor.id)?.map(({ photoId }) => photoId) ?? [],
        lastSeenAt: visitor.lastSeenAt,
        firstSeenAt: visitor.createdAt,
      }),
    ),
    comments: comments.map((comment) => ({
      ...commentOf(comment),
      hidden: comment.hiddenAt !== null,
    })),
  };
}
