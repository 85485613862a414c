import { recordAudit } from '@repo/foundation/audit';
import { and, eq, isNull } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { lockListing } from '../listing/internal.ts';
import { cleanListingJob } from '../listing/jobs.ts';
import { settleListing } from '../listing/settle.ts';
import { publishListingEvent } from '../live/publish.ts';
import { removeEmptyScenes } from '../scene/internal.ts';
import { requirePhoto } from './internal.ts';
import { PhotoRef } from './schema.ts';
import { photo } from './table.ts';

/** Removes a photo for good. A scene that loses its last frame goes with it, results included. */
export async function deletePhoto(ctx: Context, input: PhotoRef): Promise<void> {
  const { photoId } = PhotoRef.parse(input);
  const found = await requirePhoto(ctx, photoId, 'listing.edit');
  const { id: listingId, organizationId } = found.listing;
  await ctx.db.transaction(async (tx) => {
    await lockListing(tx, listingId);
    const [removed] = await tx
      .update(photo)
      .set({ deletedAt: ctx.now() })
      .where(and(eq(photo.id, photoId), isNull(photo.deletedAt)))
      .returning({ name: photo.name });
    if (removed === undefined) return;
    await removeEmptyScenes(tx, ctx, listingId);
    await recordAudit(tx, ctx, {
      organizationId,
      action: 'photo.deleted',
      entityId: photoId,
      data: { listingId, name: removed.name },
    });
    await ctx.queue.enqueue(tx, cleanListingJob, { payload: { listingId } });
    await publishListingEvent(tx, ctx, { type: 'photo', listingId, photoId });
    await settleListing(tx, ctx, listingId);
  });
}
