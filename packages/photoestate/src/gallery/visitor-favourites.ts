import { and, asc, eq } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { appError } from '../errors.ts';
import { allow, roleThere, visibleTo } from '../listing/internal.ts';
import { listing } from '../listing/table.ts';
import { brandingOf } from '../organization/branding.ts';
import { type VisitorFavourites, VisitorRef } from './schema.ts';
import {
  delivery,
  deliveryPhoto,
  type GalleryVisitorRow,
  galleryFavourite,
  galleryVisitor,
} from './table.ts';
import type { Found } from './visit.ts';

/** What one client likes, for the studio to go on with. */
export async function visitorFavourites(
  ctx: Context,
  input: VisitorRef,
): Promise<VisitorFavourites> {
  const { visitor, delivery: row } = await requireStudioVisitor(ctx, VisitorRef.parse(input));
  const liked = await likedPhotos(ctx, visitor.id);
  return {
    visitorId: visitor.id,
    name: visitor.name,
    listingId: row.listingId,
    sceneIds: liked.map(({ sceneId }) => sceneId),
  };
}

/** The visitor of a delivery of one's studio, also after the link is over; or the same `not_found` as for nobody. */
export async function requireStudioVisitor(
  ctx: Context,
  { visitorId }: VisitorRef,
): Promise<Found & { visitor: GalleryVisitorRow }> {
  const [found] = await ctx.db
    .select({ visitor: galleryVisitor, delivery, listing, role: roleThere(ctx) })
    .from(galleryVisitor)
    .innerJoin(delivery, eq(delivery.id, galleryVisitor.deliveryId))
    .innerJoin(listing, eq(listing.id, delivery.listingId))
    .where(and(eq(galleryVisitor.id, visitorId), visibleTo(ctx)));
  if (found === undefined) throw appError('not_found', `There is no visitor "${visitorId}".`);
  allow(ctx, found.role, 'delivery.manage');
  const { visitor, delivery: row, listing: house } = found;
  const branding = await brandingOf(ctx.db, row.organizationId);
  return { visitor, delivery: row, listing: house, branding };
}

/** In the order of the delivery. */
export async function likedPhotos(
  ctx: Context,
  visitorId: string,
): Promise<{ photoId: string; sceneId: string }[]> {
  return ctx.db
    .select({ photoId: deliveryPhoto.id, sceneId: deliveryPhoto.sceneId })
    .from(galleryFavourite)
    .innerJoin(deliveryPhoto, eq(deliveryPhoto.id, galleryFavourite.photoId))
    .where(eq(galleryFavourite.visitorId, visitorId))
    .orderBy(asc(deliveryPhoto.position), asc(deliveryPhoto.id));
}
