import { z } from 'zod';
import { type Enhancement, Look } from '../enhancement/schema.ts';
import type { Photo } from '../photo/schema.ts';
import type { SceneSettings } from './table.ts';

export const ListScenes = z.object({ listingId: z.string() });
export type ListScenes = z.input<typeof ListScenes>;

/** A name for a scene that is to come, so that a page without a connection can go on with it. */
const NewSceneId = z.string().regex(/^scn_[0-9A-Za-z]{22}$/, 'expected scn_ and 22 characters');

export const MovePhoto = z.object({
  photoId: z.string(),
  /** Null: a new scene of its own. */
  sceneId: z.string().nullable(),
  /** What the new scene is called; left out: chosen here. */
  newSceneId: NewSceneId.optional(),
});
export type MovePhoto = z.input<typeof MovePhoto>;

export const MergeScenes = z.object({
  /** The scene that stays. */
  sceneId: z.string(),
  /** The scenes whose frames move into it. */
  fromSceneIds: z.array(z.string()).min(1).max(50),
});
export type MergeScenes = z.input<typeof MergeScenes>;

export const SplitScene = z.object({
  sceneId: z.string(),
  /** The frames that become a new scene; left out: each frame becomes its own. */
  photoIds: z.array(z.string()).min(1).max(100).optional(),
  /** Several new scenes at once, each of these frames: what undoes a merge of many. */
  parts: z.array(z.array(z.string()).min(1).max(100)).min(1).max(50).optional(),
  /**
   * What the new scenes are called, in the order of their frames; those left out are chosen here. A scene of the
   * listing that ended under that name comes back, with its stars and settings.
   */
  newSceneIds: z.array(NewSceneId).max(100).optional(),
});
export type SplitScene = z.input<typeof SplitScene>;

export const DeleteScenes = z.object({
  listingId: z.string(),
  sceneIds: z.array(z.string()).min(1).max(2_000),
  /** Of their photos only these, as somebody saw them: what came since then stays. Left out: all. */
  photoIds: z.array(z.string()).min(1).max(20_000).optional(),
});
export type DeleteScenes = z.input<typeof DeleteScenes>;

export const RateScene = z.object({ sceneId: z.string(), rating: z.int().min(0).max(5) });
export type RateScene = z.input<typeof RateScene>;

export const SetSceneSettings = z.object({
  listingId: z.string(),
  sceneIds: z.array(z.string()).min(1).max(2_000),
  /** Null: none of their own. */
  look: Look.nullable(),
});
export type SetSceneSettings = z.input<typeof SetSceneSettings>;

export interface Scene {
  id: string;
  listingId: string;
  /** 1, 2, 3… in the order of the shoot. */
  position: number;
  label: string | null;
  /** Stars, 1 to 5; 0: none given. */
  rating: number;
  /** Grouped by a person; regrouping leaves it alone. */
  manual: boolean;
  /** The look that it gets when it is enhanced with others; null: whatever is chosen for all. */
  settings: SceneSettings | null;
  /** Ready frames in the order of the shoot. */
  photos: Photo[];
  /** What is under way or ended last, made from exactly these frames where there is such a version. */
  enhancement: Enhancement | null;
  /** The newest finished version of exactly these frames, else of most of them (then `outdated`). */
  result: Enhancement | null;
}
