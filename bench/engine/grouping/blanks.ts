import { groupFrames } from '@repo/engine';
import { createRandom } from '@repo/engine/test-pictures';
import { type Photo, viewFrom } from './photos.ts';
import { bareFrame, brightness, type Loaded, poseOf } from './upload.ts';

/**
 * The failure that a large rival documents: a frame of a bracket is nearly white (or black) and has
 * no EXIF. Brackets of three in the order of their names, some of their first or last frames blown
 * out or lost, and some single photos in between.
 */
export function blankListing(
  loaded: readonly Loaded[],
  seed: number,
): { blanks: number; placed: number; wrong: number } {
  const random = createRandom(seed);
  const sceneOf = new Map<string, string>();
  const blanks = new Set<string>();
  const upload = threes(loaded).flatMap(({ scene, photos }) => {
    const hit = photos.length === 3 && random() < 0.3 ? random() : null;
    return photos.map((photo, i) => {
      const isHit = hit !== null && i === (hit < 0.5 ? 0 : 2);
      const view = viewFrom(isHit ? almostBlank(photo, i === 2) : photo, poseOf(true, random));
      const id = `IMG_${String(sceneOf.size + 1).padStart(4, '0')}`;
      sceneOf.set(id, scene);
      if (isHit) blanks.add(id);
      return { ...bareFrame(view, random), id, name: `${id}.JPG` };
    });
  });
  const { scenes } = groupFrames(upload);
  let [placed, wrong] = [0, 0];
  for (const ids of scenes) {
    const truth = new Set(ids.map((id) => sceneOf.get(id)));
    if (truth.size > 1) wrong++;
    else if (ids.length > 1) placed += ids.filter((id) => blanks.has(id)).length;
  }
  return { blanks: blanks.size, placed, wrong };
}

/** Each bracket's darkest, middle and brightest frame, and every third of the single photos. */
function threes(loaded: readonly Loaded[]): { scene: string; photos: Photo[] }[] {
  const scenes = [...new Set(loaded.map(({ scene }) => scene))];
  return scenes.flatMap((scene, i) => {
    const rising = loaded
      .filter((entry) => entry.scene === scene)
      .map(({ photo }) => photo)
      .sort((a, b) => brightness(a) - brightness(b));
    if (rising.length === 1) return i % 3 === 0 ? [{ scene, photos: rising }] : [];
    const [dark, middle, bright] = [rising[0], rising[rising.length >> 1], rising.at(-1)];
    if (dark === undefined || middle === undefined || bright === undefined) return [];
    return [{ scene, photos: [dark, middle, bright] }];
  });
}

/** A little of the picture is left at one end of the range. */
function almostBlank({ width, height, data }: Photo, white: boolean): Photo {
  const codes = data.map((code) =>
    white ? 255 - Math.round((255 - code) * 0.01) : Math.round(code * 0.006),
  );
  return { width, height, data: codes };
}
