import { recordAudit } from '@repo/foundation/audit';
import type { Context } from '../context.ts';
import { lockListing } from '../listing/internal.ts';
import { publishListingEvent } from '../live/publish.ts';
import {
  assignPhotos,
  dissolveScene,
  markManual,
  orderScenes,
  readyPhotos,
  refuseTooManyFrames,
  requireScene,
  sceneMissing,
  scenesOf,
  withoutTwins,
} from './internal.ts';
import { MergeScenes } from './schema.ts';

/** Makes one scene of several. A result goes on being shown only where most frames are its own. */
export async function mergeScenes(ctx: Context, input: MergeScenes): Promise<{ sceneId: string }> {
  const { sceneId, fromSceneIds } = MergeScenes.parse(input);
  const { listing } = await requireScene(ctx, sceneId, 'listing.edit');
  const from = [...new Set(fromSceneIds)].filter((id) => id !== sceneId);
  return ctx.db.transaction(async (tx) => {
    await lockListing(tx, listing.id);
    const known = new Set((await scenesOf(tx, listing.id)).map((entry) => entry.id));
    const missing = [sceneId, ...from].find((id) => !known.has(id));
    if (missing !== undefined) throw sceneMissing(missing);
    const photos = await readyPhotos(tx, listing.id);
    const moving = photos.filter((entry) => entry.sceneId !== null && from.includes(entry.sceneId));
    const staying = photos.filter((entry) => entry.sceneId === sceneId);
    refuseTooManyFrames(withoutTwins([...staying, ...moving]).length);
    await assignPhotos(
      tx,
      moving.map((entry) => entry.id),
      sceneId,
    );
    await markManual(tx, [sceneId]);
    for (const id of from) await dissolveScene(tx, ctx, id);
    await orderScenes(tx, listing.id);
    await recordAudit(tx, ctx, {
      organizationId: listing.organizationId,
      action: 'scene.merged',
      entityId: sceneId,
      data: { listingId: listing.id, from },
    });
    await publishListingEvent(tx, ctx, { type: 'scene', listingId: listing.id });
    return { sceneId };
  });
}
