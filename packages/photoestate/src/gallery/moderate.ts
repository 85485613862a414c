import { recordAudit } from '@repo/foundation/audit';
import { user } from '@repo/foundation/auth';
import { newId } from '@repo/foundation/ids';
import { requireUser } from '@repo/foundation/organization';
import { eq } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { publishListingEvent } from '../live/publish.ts';
import { commentMissing } from './comment.ts';
import { requireDelivery } from './internal.ts';
import { AnswerComment, ModerateComment } from './schema.ts';
import { galleryComment } from './table.ts';

/** The studio answers what a client said. */
export async function answerComment(ctx: Context, input: AnswerComment): Promise<{ id: string }> {
  const { row, listing, delivery } = await requireComment(ctx, input.commentId);
  const { body } = AnswerComment.parse(input);
  const userId = requireUser(ctx);
  return ctx.db.transaction(async (tx) => {
    const [person] = await tx.select({ name: user.name }).from(user).where(eq(user.id, userId));
    const id = newId('cmt');
    await tx.insert(galleryComment).values({
      ...{ id, deliveryId: row.deliveryId, photoId: row.photoId, userId, body },
      // One level: an answer to an answer stands under the same comment.
      replyTo: row.replyTo ?? row.id,
      author: person?.name ?? 'The studio',
      createdAt: ctx.now(),
    });
    await recordAudit(tx, ctx, {
      organizationId: delivery.organizationId,
      action: 'delivery.answered',
      entityId: delivery.id,
      data: { commentId: id, replyTo: row.id },
    });
    await publishListingEvent(tx, ctx, { type: 'listing', listingId: listing.id });
    return { id };
  });
}

/** Marks a comment as dealt with, or takes it out of the clients' sight. */
export async function moderateComment(ctx: Context, input: ModerateComment): Promise<void> {
  const { row, listing, delivery } = await requireComment(ctx, input.commentId);
  const { resolved, hidden } = ModerateComment.parse(input);
  const now = ctx.now();
  const change = {
    resolvedAt: resolved === undefined ? row.resolvedAt : resolved ? now : null,
    hiddenAt: hidden === undefined ? row.hiddenAt : hidden ? now : null,
  };
  await ctx.db.transaction(async (tx) => {
    await tx.update(galleryComment).set(change).where(eq(galleryComment.id, row.id));
    await recordAudit(tx, ctx, {
      organizationId: delivery.organizationId,
      action: 'delivery.comment_moderated',
      entityId: delivery.id,
      data: { commentId: row.id, resolved, hidden },
    });
    await publishListingEvent(tx, ctx, { type: 'listing', listingId: listing.id });
  });
}

async function requireComment(ctx: Context, commentId: string) {
  requireUser(ctx);
  const [row] = await ctx.db.select().from(galleryComment).where(eq(galleryComment.id, commentId));
  if (row === undefined) throw commentMissing();
  try {
    return { row, ...(await requireDelivery(ctx, row.deliveryId, 'delivery.manage')) };
  } catch (error) {
    // To a stranger neither the delivery nor the comment is there.
    if (error instanceof Error && Reflect.get(error, 'code') === 'not_found')
      throw commentMissing();
    throw error;
  }
}
