import { and, eq } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { publishListingEvent } from '../live/publish.ts';
import { admitMark, requireGalleryPhoto, requireVisitor } from './guest.ts';
import { lockDelivery } from './internal.ts';
import { Favourite } from './schema.ts';
import { galleryFavourite } from './table.ts';
import type { Visit } from './visit.ts';

/** Marks a photo as one that this visitor likes, or no longer. */
export async function setFavourite(ctx: Context, visit: Visit, input: Favourite): Promise<void> {
  const visitor = requireVisitor(visit);
  const { photoId, on } = Favourite.parse(input);
  await ctx.db.transaction(async (tx) => {
    await requireGalleryPhoto(tx, visit, photoId);
    const mark = { visitorId: visitor.id, photoId };
    if (on) {
      await lockDelivery(tx, visit.delivery.id);
      await admitMark(tx, visitor);
      const createdAt = ctx.now();
      await tx
        .insert(galleryFavourite)
        .values({ ...mark, createdAt })
        .onConflictDoNothing();
    } else {
      await tx
        .delete(galleryFavourite)
        .where(
          and(eq(galleryFavourite.visitorId, visitor.id), eq(galleryFavourite.photoId, photoId)),
        );
    }
    await publishListingEvent(tx, ctx, { type: 'listing', listingId: visit.listing.id });
  });
}

/** The photos that this visitor likes. */
export async function favouritesOf(
  ctx: Context,
  { visitor }: Pick<Visit, 'visitor'>,
): Promise<ReadonlySet<string>> {
  if (visitor === null) return new Set();
  const rows = await ctx.db
    .select({ photoId: galleryFavourite.photoId })
    .from(galleryFavourite)
    .where(eq(galleryFavourite.visitorId, visitor.id));
  return new Set(rows.map(({ photoId }) => photoId));
}
