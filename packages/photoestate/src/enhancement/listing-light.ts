import { balanceListing, type ListingLight, lightOfScene } from '@repo/engine';
import type { Tx } from '@repo/foundation/db';
import { inArray } from 'drizzle-orm';
import { type PhotoRow, photoFingerprint } from '../photo/table.ts';
import { withoutTwins } from '../scene/internal.ts';
import type { SceneRow } from '../scene/table.ts';

/** By scene. */
export type ListingLights = ReadonlyMap<string, ListingLight>;

/**
 * What each scene of a listing is to know of the light in the others, so that a wall does not drift from
 * warm to cool from room to room. It was measured when the photos came in, so the first scene that is
 * enhanced knows as much as the last, and the same photos give the same lights in any order.
 */
export async function listingLights(
  tx: Tx,
  scenes: readonly SceneRow[],
  photos: readonly PhotoRow[],
): Promise<ListingLights> {
  const rows = await tx
    .select({ photoId: photoFingerprint.photoId, light: photoFingerprint.light })
    .from(photoFingerprint)
    .where(
      inArray(
        photoFingerprint.photoId,
        photos.map(({ id }) => id),
      ),
    );
  const byPhoto = new Map(rows.map(({ photoId, light }) => [photoId, light]));
  const known = scenes.flatMap(({ id }) => {
    const members = withoutTwins(photos.filter(({ sceneId }) => sceneId === id));
    const light = lightOfScene(members.flatMap((photo) => byPhoto.get(photo.id) ?? []));
    return light === null ? [] : [{ id, light }];
  });
  // One scene alone has nothing to agree with.
  if (known.length < 2) return new Map();
  const lights = balanceListing(known.map(({ light }) => light));
  return new Map(known.flatMap(({ id }, i) => (lights[i] === undefined ? [] : [[id, lights[i]]])));
}
