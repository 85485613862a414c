import { and, asc, desc, eq, exists, isNotNull, isNull, or, sql } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { enhancement } from '../enhancement/table.ts';
import { requireListing } from '../listing/internal.ts';
import { mediaUrl } from '../media/url.ts';
import { scene } from '../scene/table.ts';
import { HOME } from './carry-over.ts';
import { ListDeliveries, type OpenRequest } from './schema.ts';
import { delivery, deliveryPhoto, galleryComment } from './table.ts';

/**
 * What clients said about single photos of a listing and nobody has dealt with yet, newest first: changes they ask for,
 * open until another version is delivered or they approve, and comments, open until they are resolved. A link that
 * was revoked asks for nothing any more.
 */
export async function openRequests(ctx: Context, input: ListDeliveries): Promise<OpenRequest[]> {
  const { listingId } = ListDeliveries.parse(input);
  await requireListing(ctx, listingId, 'delivery.manage');
  const [photos, comments] = await Promise.all([
    photosOf(ctx, listingId),
    commentsOf(ctx, listingId),
  ]);
  const known = new Map(photos.map((entry) => [entry.about.photoId, entry.about]));
  const changes = photos.flatMap(({ about, row }): OpenRequest[] =>
    row.decision !== 'changes' || row.decidedAt === null
      ? []
      : [
          {
            ...about,
            ...{ id: row.id, kind: 'change', words: row.decisionNote, by: row.decidedBy ?? '' },
            ...{ at: row.decidedAt, spot: null },
          },
        ],
  );
  const words = comments.flatMap((row): OpenRequest[] => {
    const about = known.get(row.photoId ?? '');
    if (about === undefined) return [];
    const { id, author: by, body, createdAt: at, x, y } = row;
    const spot = x === null || y === null ? null : { x, y };
    return [{ ...about, ...{ id, kind: 'comment', words: body, by, at, spot } }];
  });
  return [...changes, ...words].sort((a, b) => b.at.getTime() - a.at.getTime());
}

/** Of a link, what strangers can leave is bounded; the first page of a listing holds no more than these. */
const MOST_COMMENTS = 500;

/** The photos of links that are not revoked of which something is asked or said, each with its place there and the scene where its frames lie now. */
async function photosOf(ctx: Context, listingId: string) {
  const { deliveryId, position, id } = deliveryPhoto;
  const shown = and(eq(delivery.listingId, listingId), isNull(delivery.revokedAt));
  const place = ctx.db
    .select({
      photoId: id,
      number:
        sql<number>`(row_number() over (partition by ${deliveryId} order by ${position}, ${id}))::int`.as(
          'number',
        ),
    })
    .from(deliveryPhoto)
    .innerJoin(delivery, eq(delivery.id, deliveryId))
    .where(shown)
    .as('place');
  const comments = ctx.db
    .select()
    .from(galleryComment)
    .where(and(eq(galleryComment.photoId, id), OPEN));
  const rows = await ctx.db
    .select({
      row: deliveryPhoto,
      width: enhancement.width,
      height: enhancement.height,
      sceneId: sql<
        string | null
      >`case when ${scene.deletedAt} is null then ${scene.id} else ${HOME} end`,
      number: place.number,
    })
    .from(deliveryPhoto)
    .innerJoin(place, eq(place.photoId, id))
    .innerJoin(delivery, eq(delivery.id, deliveryId))
    .innerJoin(scene, eq(scene.id, deliveryPhoto.sceneId))
    .innerJoin(enhancement, eq(enhancement.id, deliveryPhoto.enhancementId))
    .where(and(shown, or(eq(deliveryPhoto.decision, 'changes'), exists(comments))))
    .orderBy(desc(delivery.createdAt), asc(position), asc(id));
  return rows.map(({ row, width, height, sceneId, number }) => ({
    row,
    about: {
      ...{ deliveryId: row.deliveryId, photoId: row.id, sceneId, number, title: row.title },
      enhancementId: row.enhancementId,
      thumbUrl: mediaUrl('enhancements', row.enhancementId, 'thumb'),
      ...{ width: width ?? 3, height: height ?? 2 },
    },
  }));
}

/** Of clients, and no answers to others: those are dealt with together with what they answer. */
const OPEN = and(
  isNull(galleryComment.replyTo),
  // The studio's own.
  isNull(galleryComment.userId),
  isNull(galleryComment.resolvedAt),
  isNull(galleryComment.hiddenAt),
);

async function commentsOf(ctx: Context, listingId: string) {
  const { photoId, createdAt, id, author, body, x, y } = galleryComment;
  return ctx.db
    .select({ photoId, createdAt, id, author, body, x, y })
    .from(galleryComment)
    .innerJoin(delivery, eq(delivery.id, galleryComment.deliveryId))
    .where(
      and(eq(delivery.listingId, listingId), isNull(delivery.revokedAt), isNotNull(photoId), OPEN),
    )
    .orderBy(desc(createdAt))
    .limit(MOST_COMMENTS);
}
