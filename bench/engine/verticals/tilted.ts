import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom } from '@repo/engine/test-pictures';
import sharp from 'sharp';
import { followedBy, inverted } from '../../../packages/engine/src/align/homography.ts';
import { type Camera, cameraFor } from '../../../packages/engine/src/geometry/camera.ts';
import { estimateFrame } from '../../../packages/engine/src/geometry/estimate-frame.ts';
import {
  type Geometry,
  type Lens,
  sourceOf,
} from '../../../packages/engine/src/geometry/geometry.ts';
import { planLens } from '../../../packages/engine/src/geometry/plan-lens.ts';
import { aroundAxis, planVerticals } from '../../../packages/engine/src/geometry/plan-verticals.ts';
import { readLines } from '../../../packages/engine/src/geometry/read-lines.ts';
import {
  rotate,
  rotationBy,
  turnBetween,
  unit,
  type Vector,
} from '../../../packages/engine/src/geometry/rotation.ts';
import { warpPicture } from '../../../packages/engine/src/geometry/warp.ts';
import type { Picture } from '../../../packages/engine/src/pixels/picture.ts';
import type { Homography } from '../../../packages/engine/src/plan/plan.ts';

/*
 * There is no photo whose true tilt is known. So each photo is first made upright, lens and all, by what
 * the engine sees in it, then turned by a known angle, both in one resample, and given to the engine as
 * a new photo. What is left is the angle between that photo's known vertical and the result's. It holds
 * the errors of both looks. Angles are those of a 24 mm lens, as the engine takes one that it knows
 * nothing of.
 */

/** Degrees that photos are turned by at most: the engine refuses more. */
export const MOST_PITCH = 7;
export const MOST_ROLL = 5;

const TILTS = 4;
const DEGREES = 180 / Math.PI;

/** One photo turned by one known angle. */
export type TiltedView = {
  /** Degrees that the engine's result is off. */
  readonly left: number;
  /** Degrees by which it moved. */
  readonly moved: number;
  /** What kept the engine from correcting; empty: nothing. */
  readonly why: string;
  /** Pixels that turning left of the photo. */
  readonly pixels: number;
};

export type TiltedResult = {
  readonly file: string;
  /** What the engine said of the photo itself. */
  readonly itself: string;
  /** Degrees by which the photo that is upright already was moved. */
  readonly moved: number | null;
  readonly tilts: readonly TiltedView[];
};

export async function measureTilted(data: string): Promise<TiltedResult[]> {
  const folder = join(data, 'houses');
  const random = createRandom(7);
  const results: TiltedResult[] = [];
  for (const file of readdirSync(folder).sort()) {
    const angles = Array.from({ length: TILTS }, () => ({
      pitch: (2 * random() - 1) * MOST_PITCH,
      roll: (2 * random() - 1) * MOST_ROLL,
    }));
    results.push(measurePhoto(await load(join(folder, file)), file, angles));
  }
  return results;
}

type Angles = { readonly pitch: number; readonly roll: number };

function measurePhoto(picture: Picture, file: string, angles: readonly Angles[]): TiltedResult {
  const camera = cameraOf(picture);
  const { lens, known } = planLens(picture, camera, { scale: 1, darkening: 0 });
  const own = planVerticals(picture, camera, { lens: known, strength: 1 });
  const itself = own.correct ? 'corrected' : own.why;
  const frame = estimateFrame(readLines(picture).segments, camera, known);
  if (frame === null || itself === 'unsure' || itself === 'reshoot')
    return { file, itself, moved: null, tilts: [] };
  const [x, y, z] = frame.directions[0] ?? [0, 1, 0];
  const zoom = frame.focal / camera.focal;
  const upright = rotationBy(turnBetween(unit([x * zoom, y * zoom, z]), [0, 1, 0]));
  const shoot = (tilt: Angles): TiltedView => {
    const turn = followedBy(
      rotationBy([tilt.pitch / DEGREES, 0, 0]),
      rotationBy([0, 0, -tilt.roll / DEGREES]),
    );
    const turned = aroundAxis(followedBy(upright, turn), camera);
    const photo = warpPicture(picture, aroundCentre(picture, turned, lens));
    return judge(photo, camera, unit(rotate(turn, [0, 1, 0])));
  };
  return { file, itself, moved: shoot({ pitch: 0, roll: 0 }).moved, tilts: angles.map(shoot) };
}

/** How far the engine's result is from upright, when `down` is the photo's true vertical. */
function judge(photo: Picture, taken: Camera, down: Vector): TiltedView {
  const camera = { ...cameraOf(photo), focal: taken.focal };
  const { known } = planLens(photo, camera, { scale: 1, darkening: 0 });
  const plan = planVerticals(photo, camera, { lens: known, strength: 1 });
  const pixels = photo.width * photo.height;
  if (!plan.correct) return { left: fromUpright(down), moved: 0, why: plan.why, pixels };
  // The homography is K R K^-1, so K^-1 H K turns directions.
  const turn = directionsOf(plan.toUpright, camera);
  return {
    left: fromUpright(unit(rotate(turn, down))),
    moved: fromUpright(unit(rotate(turn, [0, 1, 0]))),
    why: '',
    pixels,
  };
}

function fromUpright(direction: Vector): number {
  return Math.acos(Math.min(1, Math.abs(direction[1]))) * DEGREES;
}

function directionsOf(h: Homography, camera: Camera): Homography {
  const { focal, centreX, centreY } = camera;
  const toPixels: Homography = [focal, 0, centreX, 0, focal, centreY, 0, 0, 1];
  return followedBy(followedBy(toPixels, h), inverted(toPixels));
}

function cameraOf(picture: Picture): Camera {
  return cameraFor(picture, { ...picture, left: 0, top: 0 }, null);
}

/** The largest picture of the same shape around the optical axis, so that the axis stays in its middle. */
function aroundCentre(picture: Picture, turned: Homography, lens: Lens | null): Geometry {
  const [x, y] = [picture.width / 2, picture.height / 2];
  const back = { ...picture, toPicture: inverted(turned), lens };
  let [fits, tooLarge] = [0.3, 1.2];
  for (let round = 0; round < 30; round++) {
    const scale = (fits + tooLarge) / 2;
    const inside = RIM.every(([u, v]) => {
      const [sx, sy] = sourceOf(back, x + u * scale * x, y + v * scale * y);
      return sx >= 0 && sy >= 0 && sx <= picture.width && sy <= picture.height;
    });
    if (inside) fits = scale;
    else tooLarge = scale;
  }
  const [width, height] = [Math.floor(2 * fits * x), Math.floor(2 * fits * y)];
  const corner: Homography = [1, 0, x - width / 2, 0, 1, y - height / 2, 0, 0, 1];
  return { width, height, toPicture: followedBy(corner, back.toPicture), lens };
}

/** Points around a square from -1 to 1. */
const RIM: readonly (readonly [number, number])[] = Array.from(
  { length: 21 },
  (_, i) => i / 10 - 1,
).flatMap(
  (t) =>
    [
      [t, -1],
      [t, 1],
      [-1, t],
      [1, t],
    ] as const,
);

async function load(file: string): Promise<Picture> {
  const { data, info } = await sharp(file)
    .autoOrient()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return {
    width: info.width,
    height: info.height,
    data: Uint16Array.from(data, (code) => code * 257),
  };
}
