import { recordAudit } from '@repo/foundation/audit';
import type { Tx } from '@repo/foundation/db';
import { newId } from '@repo/foundation/ids';
import { and, eq, isNull } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { appError } from '../errors.ts';
import { publishListingEvent } from '../live/publish.ts';
import { nameVisitor, requireGalleryPhoto, requireVisitor } from './guest.ts';
import { lockDelivery } from './internal.ts';
import { AddComment, type GalleryComment } from './schema.ts';
import { galleryComment } from './table.ts';
import { mayTell, tellStudio } from './tell.ts';
import { commentOf } from './view.ts';
import type { Visit } from './visit.ts';

/** More than clients have to say about one listing; fewer than fill a table. */
const MOST_COMMENTS = 1_000;

/** Says something about all photos, one, or a spot in it. It is kept as text and only ever shown as text. */
export async function addComment(
  ctx: Context,
  visit: Visit,
  input: AddComment,
): Promise<GalleryComment> {
  const visitor = requireVisitor(visit);
  const { id = newId('cmt'), name, body, photoId, spot, replyTo } = AddComment.parse(input);
  const { delivery, listing } = visit;
  const isTold = await mayTell(ctx, visit);
  return ctx.db.transaction(async (tx) => {
    await lockDelivery(tx, delivery.id);
    const before = await sentBefore(tx, { id, deliveryId: delivery.id, visitorId: visitor.id });
    if (before !== undefined) return { ...commentOf(before), mine: true };
    const there = await tx.$count(galleryComment, eq(galleryComment.deliveryId, delivery.id));
    if (there >= MOST_COMMENTS) {
      throw appError('conflict', `Expected at most ${MOST_COMMENTS} comments on one gallery.`);
    }
    if (photoId != null) await requireGalleryPhoto(tx, visit, photoId);
    if (replyTo != null) await requireComment(tx, { deliveryId: delivery.id, commentId: replyTo });
    const author = await nameVisitor(tx, { visitor, name });
    const [row] = await tx
      .insert(galleryComment)
      .values({
        id,
        deliveryId: delivery.id,
        photoId: photoId ?? null,
        replyTo: replyTo ?? null,
        visitorId: visitor.id,
        ...{ author, body, x: spot?.x ?? null, y: spot?.y ?? null },
        createdAt: ctx.now(),
      })
      .onConflictDoNothing()
      .returning();
    // Of another visitor or gallery, which is nothing to tell.
    if (row === undefined) throw appError('conflict', 'Expected an id that no comment has.');
    await recordAudit(tx, ctx, {
      organizationId: delivery.organizationId,
      action: 'delivery.commented',
      entityId: delivery.id,
      data: { commentId: row.id, photoId, visitorId: visitor.id },
    });
    const told = { kind: 'gallery_commented', about: row.id, what: `${author} commented` } as const;
    if (isTold) await tellStudio(tx, ctx, { visit, ...told, body });
    await publishListingEvent(tx, ctx, { type: 'listing', listingId: listing.id });
    return { ...commentOf(row), mine: true };
  });
}

/** The same comment, if its answer was lost and it is sent again: nobody is told of it twice. */
async function sentBefore(
  tx: Tx,
  { id, deliveryId, visitorId }: { id: string; deliveryId: string; visitorId: string },
) {
  const [row] = await tx
    .select()
    .from(galleryComment)
    .where(
      and(
        eq(galleryComment.id, id),
        eq(galleryComment.deliveryId, deliveryId),
        eq(galleryComment.visitorId, visitorId),
      ),
    );
  return row;
}

/** Takes back what the visitor said; answers to it go with it. */
export async function removeComment(
  ctx: Context,
  visit: Visit,
  { commentId }: { commentId: string },
): Promise<void> {
  const { id: visitorId } = requireVisitor(visit);
  const { delivery, listing } = visit;
  await ctx.db.transaction(async (tx) => {
    await lockDelivery(tx, delivery.id);
    const answers = await tx.$count(galleryComment, eq(galleryComment.replyTo, commentId));
    const removed = await tx
      .delete(galleryComment)
      .where(
        and(
          eq(galleryComment.id, commentId),
          eq(galleryComment.deliveryId, delivery.id),
          eq(galleryComment.visitorId, visitorId),
        ),
      )
      .returning({ id: galleryComment.id });
    if (removed.length === 0) throw commentMissing();
    await recordAudit(tx, ctx, {
      organizationId: delivery.organizationId,
      action: 'delivery.comment_removed',
      entityId: delivery.id,
      data: { commentId, visitorId, answers },
    });
    await publishListingEvent(tx, ctx, { type: 'listing', listingId: listing.id });
  });
}

async function requireComment(
  tx: Tx,
  { deliveryId, commentId }: { deliveryId: string; commentId: string },
): Promise<void> {
  const [found] = await tx
    .select({ id: galleryComment.id })
    .from(galleryComment)
    .where(
      and(
        eq(galleryComment.id, commentId),
        eq(galleryComment.deliveryId, deliveryId),
        isNull(galleryComment.hiddenAt),
      ),
    );
  if (found === undefined) throw commentMissing();
}

export function commentMissing() {
  return appError('not_found', 'There is no such comment.');
}
