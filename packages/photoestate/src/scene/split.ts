import { recordAudit } from '@repo/foundation/audit';
import type { Context } from '../context.ts';
import { appError } from '../errors.ts';
import { lockListing } from '../listing/internal.ts';
import { publishListingEvent } from '../live/publish.ts';
import {
  assignPhotos,
  insertScene,
  markManual,
  orderScenes,
  readyPhotos,
  requireScene,
} from './internal.ts';
import { SplitScene } from './schema.ts';

/**
 * Takes frames out of a scene into a new one, or several; without a choice, every frame
 * becomes a scene of its own. The first part keeps the scene.
 */
export async function splitScene(ctx: Context, input: SplitScene): Promise<{ sceneIds: string[] }> {
  const { sceneId, photoIds, parts: chosen, newSceneIds = [] } = SplitScene.parse(input);
  const { listing } = await requireScene(ctx, sceneId, 'listing.edit');
  return ctx.db.transaction(async (tx) => {
    await lockListing(tx, listing.id);
    const photos = await readyPhotos(tx, listing.id);
    const members = photos.filter((entry) => entry.sceneId === sceneId).map((entry) => entry.id);
    const parts = partsOf(members, [...(photoIds ? [photoIds] : []), ...(chosen ?? [])]);
    await markManual(tx, [sceneId]);
    const sceneIds = [sceneId];
    for (const [index, part] of parts.entries()) {
      const named = { listingId: listing.id, manual: true, id: newSceneIds[index] };
      const id = await insertScene(tx, ctx, named);
      await assignPhotos(tx, part, id);
      sceneIds.push(id);
    }
    await orderScenes(tx, listing.id);
    await recordAudit(tx, ctx, {
      organizationId: listing.organizationId,
      action: 'scene.split',
      entityId: sceneId,
      data: { listingId: listing.id, into: sceneIds },
    });
    await publishListingEvent(tx, ctx, { type: 'scene', listingId: listing.id });
    return { sceneIds };
  });
}

function partsOf(members: readonly string[], chosen: readonly string[][]): string[][] {
  if (chosen.length === 0) {
    if (members.length < 2) throw appError('conflict', 'This scene has a single frame already.');
    return members.slice(1).map((id) => [id]);
  }
  const parts = chosen.map((part) => [...new Set(part)]);
  const all = parts.flat();
  const foreign = all.find((id) => !members.includes(id));
  if (foreign !== undefined) {
    throw appError('not_found', `There is no photo "${foreign}" in this scene.`);
  }
  if (new Set(all).size < all.length) {
    throw appError('conflict', 'A frame can be part of one new scene only.');
  }
  if (all.length === members.length) {
    throw appError('conflict', 'At least one frame has to stay in the scene.');
  }
  return parts;
}
