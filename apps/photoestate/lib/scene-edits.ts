import { byBrightness } from './exposure.ts';
import type { Photo, Scene } from './trpc.ts';

function renumber(scenes: readonly Scene[]): Scene[] {
  return scenes
    .filter(({ photos }) => photos.length > 0)
    .map((scene, index) =>
      scene.position === index + 1 ? scene : { ...scene, position: index + 1 },
    );
}

function newScene(photo: Photo, id: string): Scene {
  return {
    id,
    listingId: photo.listingId,
    position: 0,
    label: null,
    rating: 0,
    manual: true,
    settings: null,
    photos: [],
    enhancement: null,
    result: null,
  };
}

/** Exposures that a scene holds at most. */
export const maxFrames = 9;

/** Whether so many more frames fit into a scene. */
export function hasRoom(scene: Scene, frames = 1): boolean {
  return scene.photos.length + frames <= maxFrames;
}

export function sceneOf(scenes: readonly Scene[], photoId: string): Scene | undefined {
  return scenes.find(({ photos }) => photos.some(({ id }) => id === photoId));
}

/** What the table looks like once the server has moved the frame, into a scene that is there or into a new one. */
export function withPhotoMoved(
  scenes: readonly Scene[],
  photoId: string,
  to: string | { id: string },
): Scene[] {
  const photo = sceneOf(scenes, photoId)?.photos.find(({ id }) => id === photoId);
  const target = typeof to === 'string' ? to : to.id;
  const isThere = scenes.some(({ id }) => id === target);
  // Moved already, or to where nothing is any more: the server will say so.
  if (!photo || sceneOf(scenes, photoId)?.id === target) return [...scenes];
  if (typeof to === 'string' && !isThere) return [...scenes];
  const from = scenes.findIndex(({ photos }) => photos.includes(photo));
  const table = [...scenes];
  if (!isThere) table.splice(from + 1, 0, newScene(photo, target));
  return renumber(
    table.map((scene) => {
      if (scene.id === target) {
        const joined = [
          ...scene.photos.filter(({ id }) => id !== photoId),
          { ...photo, sceneId: target },
        ];
        return { ...scene, manual: true, photos: inShootingOrder(joined) };
      }
      if (!scene.photos.includes(photo)) return scene;
      return { ...scene, photos: scene.photos.filter(({ id }) => id !== photoId) };
    }),
  );
}

export function withoutPhotos(scenes: readonly Scene[], hidden: ReadonlySet<string>): Scene[] {
  if (hidden.size === 0) return [...scenes];
  return renumber(
    scenes.map((scene) => ({ ...scene, photos: scene.photos.filter(({ id }) => !hidden.has(id)) })),
  );
}

function inShootingOrder(photos: readonly Photo[]): Photo[] {
  const time = ({ takenAt }: Photo) => takenAt?.getTime() ?? Number.POSITIVE_INFINITY;
  return [...photos].sort((a, b) =>
    time(a) === time(b) ? a.position - b.position : time(a) - time(b),
  );
}

/** The frame next to this one on the table: along its strip, or in the scene above or below. */
export function neighbour(
  scenes: readonly Scene[],
  photoId: string,
  direction: 'left' | 'right' | 'up' | 'down',
): Photo | undefined {
  const at = scenes.findIndex(({ photos }) => photos.some(({ id }) => id === photoId));
  const strip = byBrightness(scenes[at]?.photos ?? []);
  const index = strip.findIndex(({ id }) => id === photoId);
  if (at === -1) return undefined;
  if (direction === 'left') return strip[index - 1];
  if (direction === 'right') return strip[index + 1];
  const other = byBrightness(scenes[direction === 'up' ? at - 1 : at + 1]?.photos ?? []);
  return other[Math.min(index, other.length - 1)];
}

/** Where to go on when these are gone: the one behind the last of them, else the one before. */
export function sceneAfter(scenes: readonly Scene[], gone: readonly Scene[]): Scene | undefined {
  const ids = new Set(gone.map(({ id }) => id));
  const last = scenes.findLastIndex(({ id }) => ids.has(id));
  const left = ({ id }: Scene) => !ids.has(id);
  return scenes.slice(last + 1).find(left) ?? scenes.slice(0, last + 1).findLast(left);
}

/** Frames that stayed alone because nothing says what they belong to; merged by hand, they are settled. */
export function ungroupedCount(scenes: readonly Scene[]): number {
  return scenes.filter(
    ({ manual, photos }) =>
      !manual && photos.length === 1 && photos.every((each) => each.ungrouped),
  ).length;
}

/** Scenes of brackets that one scene could not hold, until a person has placed their frames. */
export function splitScenes(scenes: readonly Scene[]): Scene[] {
  return scenes.filter(({ manual, photos }) => !manual && photos.some(({ split }) => split));
}

/** "Scene 3", or what the photographer called it. */
export function sceneName(scene: Pick<Scene, 'position' | 'label'>): string {
  return scene.label ?? `Scene ${scene.position}`;
}
