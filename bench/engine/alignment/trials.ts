import { createRandom } from '@repo/engine/test-pictures';
import { alignOverviews } from '../../../packages/engine/src/align/align-overviews.ts';
import {
  apart,
  followedBy,
  IDENTITY,
  inverted,
  scaledUp,
} from '../../../packages/engine/src/align/homography.ts';
import { matchViews } from '../../../packages/engine/src/align/match-views.ts';
import { type View, viewOf } from '../../../packages/engine/src/align/view.ts';
import { meanOf } from '../../../packages/engine/src/pixels/measure.ts';
import { createPicture, type Picture } from '../../../packages/engine/src/pixels/picture.ts';
import { linearToSrgb } from '../../../packages/engine/src/pixels/srgb.ts';
import type { Homography, Overview } from '../../../packages/engine/src/plan/plan.ts';
import type { Scene } from '../../../packages/engine/src/testing/interior.ts';
import { overviewOf, viewOfScene } from '../../../packages/engine/src/testing/views.ts';
import {
  exposureOf,
  lightOf,
  lightOfPicture,
  overviewOfPicture,
  photosIn,
  type Seen,
  seePhoto,
} from './photos.ts';

/** How far a trial was off, root mean square over the frame in pixels of the image given. */
export type Trial = { readonly error: number; readonly what: string };

/** Movements of the issue: shift in pixels of the image given, degrees, percent. A little tilt comes on top. */
const MOST = { shift: 40, degrees: 1.5, percent: 1, tilt: 0.002 };

type Size = { readonly width: number; readonly height: number };
type Random = () => number;

/** A movement about the middle of an image, as a camera held by hand makes it. */
export function randomMovement({ width, height }: Size, random: Random): Homography {
  const some = (most: number): number => (2 * random() - 1) * most;
  const half = Math.hypot(width, height) / 2;
  const angle = (some(MOST.degrees) * Math.PI) / 180;
  const scale = 1 + some(MOST.percent) / 100;
  const [c, s] = [Math.cos(angle) * scale, Math.sin(angle) * scale];
  const [x, y] = [some(MOST.shift), some(MOST.shift)];
  const [p, q] = [some(MOST.tilt) / half, some(MOST.tilt) / half];
  const toMiddle: Homography = [1, 0, -width / 2, 0, 1, -height / 2, 0, 0, 1];
  const move: Homography = [c, -s, x, s, c, y, p, q, 1];
  const back: Homography = [1, 0, width / 2, 0, 1, height / 2, 0, 0, 1];
  return followedBy(followedBy(toMiddle, move), back);
}

type Pair = { readonly scene: Scene; readonly scale: number; readonly what: string };

/**
 * One photo as two exposures four stops apart (clipped, with noise, 8 bits), one of them moved.
 * @param pair.scale full-size pixels per pixel of the scene: the movement is in full-size pixels
 */
function exposedTrial({ scene, scale, what }: Pair, random: Random): Trial {
  // Room for 40 full-size pixels, and for turning by 1.5 degrees and enlarging.
  const margin = Math.ceil(MOST.shift / scale + 0.02 * scene.width);
  const size = { width: scene.width - 2 * margin, height: scene.height - 2 * margin };
  const full = { width: size.width * scale, height: size.height * scale };
  const truth = randomMovement(full, random);
  const inner: Homography = [1, 0, margin, 0, 1, margin, 0, 0, 1];
  const still = viewOfScene(scene, inner, size);
  const toScene = followedBy(inverted(scaledUp(truth, 1 / scale)), inner);
  const moved = viewOfScene(scene, toScene, size);
  const evs = random() < 0.5 ? [1, -3] : [-3, 1];
  const overviews = [still, moved].map((view, i): Overview => {
    const seed = Math.floor(random() * 1e9);
    return { ...overviewOf(view, { ev: evs[i] as number, seed }, i), scale };
  });
  return { error: errorOf(overviews, full, truth), what: `${what} ${evs.join('/')} EV` };
}

/** Light as 8-bit codes, without noise: there is some in it. */
function pictureOf({ width, height, radiance }: Scene): Picture {
  const picture = createPicture(width, height);
  for (let i = 0; i < radiance.length; i++) {
    const light = Math.min(1, Math.max(0, radiance[i] as number));
    picture.data[i] = 257 * Math.round(255 * linearToSrgb(light));
  }
  return picture;
}

/** Mean luma (0..1) that an exposure of a bracket has, unless it shows next to nothing. */
const [DARKEST, BRIGHTEST] = [0.04, 0.95];

/** All pairs of exposures that lie four stops apart, to a quarter stop. */
async function fourStopsApart(files: readonly string[]): Promise<[Seen, Seen][]> {
  const exposures: { ev: number | null; seen: Seen }[] = [];
  for (const [i, file] of files.entries())
    exposures.push({ ev: await exposureOf(file), seen: await seePhoto(file, i) });
  const usable = exposures.filter(({ seen }) => {
    const mean = meanOf(seen.overview.luma);
    return mean > DARKEST && mean < BRIGHTEST;
  });
  const pairs: [Seen, Seen][] = [];
  for (const a of usable) {
    for (const b of usable) {
      if (a.ev !== null && b.ev !== null && Math.abs(b.ev - a.ev - 4) < 0.25)
        pairs.push([a.seen, b.seen]);
    }
  }
  return pairs;
}

/** A frame that was dropped is as far off as it lies. */
function errorOf(overviews: readonly Overview[], full: Size, truth: Homography): number {
  const { placements } = alignOverviews(overviews, 0, full);
  return apart(placements[1]?.toFrame ?? IDENTITY, truth, full).rms;
}

/** Photos of the listings, one after the other, some once more than others. */
export async function photoTrials(files: readonly string[], count: number): Promise<Trial[]> {
  const random = createRandom(4);
  const trials: Trial[] = [];
  for (const [i, file] of files.entries()) {
    const pair = { scene: await lightOf(file), scale: 1, what: file.split('/').at(-1) ?? '' };
    const times = Math.floor((count + i) / files.length);
    for (let k = 0; k < times; k++) trials.push(exposedTrial(pair, random));
  }
  return trials;
}

/** Overview width of a 24-megapixel photo, with the margin that the movements need. */
const WIDE = 1504 + 2 * 44;

/** The same as a 24-megapixel camera gives it: the engine sees a quarter of its width. */
export async function largeTrials(files: readonly string[], count: number): Promise<Trial[]> {
  const random = createRandom(24);
  const scenes: Pair[] = [];
  for (const file of files)
    scenes.push({ scene: await lightOf(file, WIDE), scale: 4, what: file.split('/').at(-1) ?? '' });
  return Array.from({ length: count }, (_, k) =>
    exposedTrial(scenes[k % scenes.length] as Pair, random),
  );
}

/**
 * Two real exposures four stops apart, with the camera's own tone curve and noise, one of them resampled
 * by a known movement. Where they lay before is measured with the same means, because no tripod is
 * still to a third of a pixel.
 */
export async function realTrials(folder: string, count: number): Promise<Trial[]> {
  const random = createRandom(44);
  const pairs = await fourStopsApart(photosIn(folder));
  const trials: Trial[] = [];
  for (let k = 0; k < count && pairs.length > 0; k++) {
    const [a, b] = pairs[k % pairs.length] as readonly [Seen, Seen];
    const [first, second] = k % 2 === 0 ? [a, b] : [b, a];
    const { scale } = first.overview;
    const views = [first, second].map(({ overview }) => viewOf(overview)) as [View, View];
    const before = scaledUp(matchViews(...views, IDENTITY).homography, scale);
    const movement = randomMovement(first.full, random);
    const truth = followedBy(before, movement);
    const light = lightOfPicture(second.overview.picture);
    const moved = viewOfScene(light, inverted(scaledUp(movement, 1 / scale)), light);
    const frame = overviewOfPicture(pictureOf(moved), 1, scale);
    const what = [first, second].map(({ overview }) => overview.name).join(' ');
    trials.push({ error: errorOf([first.overview, frame], first.full, truth), what });
  }
  return trials;
}
