import { balanceListing, type ListingLight, lightOfScene, type SceneLight } from '@repo/engine';
import type { Tx } from '@repo/foundation/db';
import { inArray } from 'drizzle-orm';
import { type PhotoRow, photoFingerprint } from '../photo/table.ts';
import { withoutTwins } from '../scene/internal.ts';
import type { SceneRow } from '../scene/table.ts';

export interface LightInListing {
  own: SceneLight;
  /** What the listing makes of it; `undefined` for a scene that has none to agree with. */
  agreed: ListingLight | undefined;
}

/** By scene; one whose light was never measured is left out. */
export type ListingLights = ReadonlyMap<string, LightInListing>;

/**
 * What each scene of a listing is to know of the light in the others, so that a wall does not drift from
 * warm to cool from room to room. It follows from the photos that are inspected by now, in whatever order
 * scenes are enhanced. Photos that come in later can change it: a version keeps the light that it was queued
 * with, and `isSameLight` tells whether that still holds.
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
  const lights = known.length < 2 ? [] : balanceListing(known.map(({ light }) => light));
  return new Map(known.map(({ id, light }, i) => [id, { own: light, agreed: lights[i] }]));
}
