import { recordAudit } from '@repo/foundation/audit';
import type { Tx } from '@repo/foundation/db';
import type { Context } from '../context.ts';
import { appError } from '../errors.ts';
import { lockListing } from '../listing/internal.ts';
import { publishListingEvent } from '../live/publish.ts';
import { requirePhoto } from '../photo/internal.ts';
import type { PhotoRow } from '../photo/table.ts';
import {
  assignPhotos,
  dissolveScene,
  insertScene,
  markManual,
  orderScenes,
  readyPhotos,
  refuseTooManyFrames,
  sceneMissing,
  scenesOf,
  withoutTwins,
} from './internal.ts';
import { MovePhoto } from './schema.ts';

/**
 * Puts a frame into another scene, or into a new one. Both scenes count as made
 * by hand from then on. Returns the scene in which the frame is now.
 */
export async function movePhoto(ctx: Context, input: MovePhoto): Promise<{ sceneId: string }> {
  const { photoId, sceneId: wanted, newSceneId: id } = MovePhoto.parse(input);
  const { listing } = await requirePhoto(ctx, photoId, 'listing.edit');
  return ctx.db.transaction(async (tx) => {
    await lockListing(tx, listing.id);
    const photos = await readyPhotos(tx, listing.id);
    const moved = photos.find((entry) => entry.id === photoId);
    if (moved === undefined) {
      throw appError('photo_not_ready', 'Only photos that are ready can be moved between scenes.');
    }
    if (moved.sceneId !== null && moved.sceneId === wanted) return { sceneId: wanted };
    const sceneId = await targetScene(tx, ctx, { moved, wanted, id, photos });
    await assignPhotos(tx, [photoId], sceneId);
    await leaveScene(tx, ctx, { moved, photos });
    await orderScenes(tx, listing.id);
    await recordAudit(tx, ctx, {
      organizationId: listing.organizationId,
      action: 'photo.moved',
      entityId: photoId,
      data: { listingId: listing.id, from: moved.sceneId, to: sceneId },
    });
    await publishListingEvent(tx, ctx, { type: 'scene', listingId: listing.id });
    return { sceneId };
  });
}

async function targetScene(
  tx: Tx,
  ctx: Context,
  input: {
    moved: PhotoRow;
    wanted: string | null;
    id: string | undefined;
    photos: readonly PhotoRow[];
  },
): Promise<string> {
  const { moved, wanted, id, photos } = input;
  const { listingId } = moved;
  if (wanted === null) return insertScene(tx, ctx, { listingId, manual: true, id });
  const scenes = await scenesOf(tx, listingId);
  if (!scenes.some((entry) => entry.id === wanted)) throw sceneMissing(wanted);
  const members = photos.filter((entry) => entry.sceneId === wanted || entry === moved);
  refuseTooManyFrames(withoutTwins(members).length);
  await markManual(tx, [wanted]);
  return wanted;
}

/** The scene that a frame left stays as the person left it, or ends with its last frame. */
async function leaveScene(
  tx: Tx,
  ctx: Context,
  input: { moved: PhotoRow; photos: readonly PhotoRow[] },
): Promise<void> {
  const { moved, photos } = input;
  if (moved.sceneId === null) return;
  const stays = photos.some((entry) => entry.sceneId === moved.sceneId && entry.id !== moved.id);
  if (stays) await markManual(tx, [moved.sceneId]);
  else await dissolveScene(tx, ctx, moved.sceneId);
}
