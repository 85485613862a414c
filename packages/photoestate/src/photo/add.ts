import { recordAudit } from '@repo/foundation/audit';
import { actorId } from '@repo/foundation/context';
import { newId } from '@repo/foundation/ids';
import { eq, sql } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { appError } from '../errors.ts';
import { lockListing, requireListing } from '../listing/internal.ts';
import { settleListing } from '../listing/settle.ts';
import { publishListingEvent } from '../live/publish.ts';
import { toPhoto } from './internal.ts';
import { inspectPhotoJob } from './jobs.ts';
import { AddPhoto, type Photo } from './schema.ts';
import { photo } from './table.ts';

/**
 * Takes an uploaded file into a listing and has it inspected. Uploads report
 * their end more than once, so a file that is here already stays as it is.
 */
export async function addPhoto(ctx: Context, input: AddPhoto): Promise<Photo> {
  const { listingId, file } = AddPhoto.parse(input);
  await requireListing(ctx, listingId, 'photo.upload');
  return ctx.db.transaction(async (tx) => {
    const { organizationId } = await lockListing(tx, listingId);
    const id = newId('pho');
    const [added] = await tx
      .insert(photo)
      .values({
        id,
        listingId,
        fileId: file.id,
        name: file.name,
        size: file.size,
        type: file.type,
        sha256: file.sha256,
        position: sql`(select coalesce(max(p.position), 0) + 1 from photo p where p.listing_id = ${listingId})`,
        uploadedBy: actorId(ctx.actor) ?? 'system',
        createdAt: ctx.now(),
      })
      .onConflictDoNothing({ target: photo.fileId })
      .returning();
    if (added === undefined) {
      const [existing] = await tx.select().from(photo).where(eq(photo.fileId, file.id));
      if (existing?.listingId !== listingId) {
        throw appError('conflict', 'This file belongs to another listing.');
      }
      return toPhoto(existing);
    }
    await recordAudit(tx, ctx, {
      organizationId,
      action: 'photo.added',
      entityId: id,
      data: { listingId, fileId: file.id, name: file.name },
    });
    await ctx.queue.enqueue(tx, inspectPhotoJob, { payload: { photoId: id } });
    await publishListingEvent(tx, ctx, { type: 'photo', listingId, photoId: id });
    await settleListing(tx, ctx, listingId);
    return toPhoto(added);
  });
}
