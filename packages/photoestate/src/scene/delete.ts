import { recordAudit } from '@repo/foundation/audit';
import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { lockListing, requireListing } from '../listing/internal.ts';
import { cleanListingJob } from '../listing/jobs.ts';
import { settleListing } from '../listing/settle.ts';
import { publishListingEvent } from '../live/publish.ts';
import { photo } from '../photo/table.ts';
import { removeEmptyScenes, requireScene, sceneMissing, scenesOf } from './internal.ts';
import { DeleteScenes } from './schema.ts';

/**
 * Removes scenes for good, with their photos and results. What is under way for them ends, and gives its credit
 * back. A photo that came into one of them after it was seen keeps its scene.
 */
export async function deleteScenes(ctx: Context, input: DeleteScenes): Promise<void> {
  const { listingId, sceneIds, photoIds } = DeleteScenes.parse(input);
  const { organizationId } = await requireListing(ctx, listingId, 'listing.edit');
  await ctx.db.transaction(async (tx) => {
    await lockListing(tx, listingId);
    const scenes = await scenesOf(tx, listingId);
    const known = new Set(scenes.map(({ id }) => id));
    const missing = sceneIds.find((id) => !known.has(id));
    if (missing !== undefined) throw sceneMissing(missing);
    const removed = await tx
      .update(photo)
      .set({ deletedAt: ctx.now() })
      .where(
        and(
          eq(photo.listingId, listingId),
          inArray(photo.sceneId, sceneIds),
          isNull(photo.deletedAt),
          photoIds === undefined ? undefined : inArray(photo.id, photoIds),
        ),
      )
      .returning({ id: photo.id, name: photo.name, sceneId: photo.sceneId });
    if (removed.length === 0) return;
    await removeEmptyScenes(tx, ctx, listingId);
    for (const { id, label } of scenes) {
      const photos = removed.filter(({ sceneId }) => sceneId === id);
      if (photos.length === 0) continue;
      await recordAudit(tx, ctx, {
        organizationId,
        action: 'scene.deleted',
        entityId: id,
        data: { listingId, name: label, photos: photos.map((each) => [each.id, each.name]) },
      });
    }
    await ctx.queue.enqueue(tx, cleanListingJob, { payload: { listingId } });
    await publishListingEvent(tx, ctx, { type: 'scene', listingId });
    await settleListing(tx, ctx, listingId);
  });
}

/** One scene, known by its id alone. */
export async function deleteScene(ctx: Context, { sceneId }: { sceneId: string }): Promise<void> {
  const { listing } = await requireScene(ctx, sceneId, 'listing.edit');
  await deleteScenes(ctx, { listingId: listing.id, sceneIds: [sceneId] });
}
