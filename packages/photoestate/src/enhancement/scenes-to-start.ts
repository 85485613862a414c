import type { Tx } from '@repo/foundation/db';
import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import { framesOf, readyPhotos, sceneMissing, scenesOf } from '../scene/internal.ts';
import type { SceneRow } from '../scene/table.ts';
import { isSameLight, isSameLook, settleLook } from './engine-options.ts';
import { ACTIVE, sameFrames } from './internal.ts';
import { type ListingLights, listingLights } from './listing-light.ts';
import { Look } from './schema.ts';
import { type EnhancementRow, enhancement } from './table.ts';

export interface SceneWish {
  listingId: string;
  /** Left out: all. */
  sceneIds?: readonly string[] | undefined;
  ownSettings: boolean;
  preset: Look['preset'];
  adjustments: Look['adjustments'];
  lookName: Look['lookName'];
}

export interface SceneToStart {
  sceneId: string;
  frames: string[];
  look: Look;
  /** In settings of its own. */
  own: boolean;
}

export interface ScenesToStart {
  all: SceneToStart[];
  /** Those that have no current result in their look. */
  todo: SceneToStart[];
  lights: ListingLights;
  /** How many the listing has. */
  scenes: number;
}

/** @throws `not_found` for a scene that the listing does not have */
export async function scenesToStart(tx: Tx, wish: SceneWish): Promise<ScenesToStart> {
  const { listingId, sceneIds } = wish;
  const scenes = await scenesOf(tx, listingId);
  const wanted = sceneIds === undefined ? null : new Set(sceneIds);
  const missing = sceneIds?.find((id) => !scenes.some((scene) => scene.id === id));
  if (missing !== undefined) throw sceneMissing(missing);
  const photos = await readyPhotos(tx, listingId);
  const lights = await listingLights(tx, scenes, photos);
  const versions = await currentVersions(tx, listingId);
  const all = scenes
    .filter(({ id }) => wanted === null || wanted.has(id))
    .map((scene) => ({
      ...{ sceneId: scene.id, frames: framesOf(photos, scene.id) },
      ...lookFor(scene, wish),
    }));
  const todo = all.filter(({ sceneId, frames, look }) => {
    const version = versions.find(
      (row) => isSameLook(row, look) && sameFrames(row.inputPhotoIds, frames),
    );
    return version === undefined || !isSameLight(version, look, lights.get(sceneId));
  });
  return { all, todo, lights, scenes: scenes.length };
}

function lookFor({ settings }: SceneRow, wish: SceneWish): { look: Look; own: boolean } {
  // Settings of an older version that this one does not know any more are left.
  const kept = wish.ownSettings && settings !== null ? Look.safeParse(settings).data : undefined;
  const { lookName, ...look } = kept ?? Look.parse(wish);
  return { look: { ...settleLook(look), lookName }, own: kept !== undefined };
}

/** What is done, or on its way there; first what is shown first. What was rejected counts for nothing. */
async function currentVersions(tx: Tx, listingId: string): Promise<EnhancementRow[]> {
  return tx
    .select()
    .from(enhancement)
    .where(
      and(
        eq(enhancement.listingId, listingId),
        inArray(enhancement.status, [...ACTIVE, 'done']),
        sql`${enhancement.review} is distinct from 'rejected'`,
      ),
    )
    .orderBy(
      desc(inArray(enhancement.status, [...ACTIVE])),
      desc(enhancement.createdAt),
      desc(enhancement.id),
    );
}
