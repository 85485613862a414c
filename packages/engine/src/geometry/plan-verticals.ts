import { followedBy } from '../align/homography.ts';
import type { Picture } from '../pixels/picture.ts';
import type { Homography } from '../plan/plan.ts';
import type { Camera } from './camera.ts';
import { estimateFrame, type KnownLens } from './estimate-frame.ts';
import type { FrameFit } from './fit-frame.ts';
import { readLines } from './read-lines.ts';
import { rotationBy, turnBetween, unit, type Vector } from './rotation.ts';
import type { Segment } from './segments.ts';

/** Radians to degrees. */
const DEGREES = 180 / Math.PI;

/** Beyond these the picture is stretched so much that the photographer had better shoot again. */
export const MOST_PITCH = 7;
export const MOST_ROLL = 5;

/** A photo that measures a little more may well be within. */
const DOUBT = 0.5;

/** Tilts smaller than this cannot be seen, and are not worth softening the photo for. Degrees. */
const PITCH_SEEN = 0.35;
const ROLL_SEEN = 0.15;

/** Neither are tilts of less than this many standard deviations. */
const SIGNIFICANT = 3;

/** The vertical is believed when its spread is at most this. Degrees. */
const SURE_PITCH = 0.8;
const SURE_ROLL = 0.4;

/** And when verticals of this total length, in picture heights, follow it. */
const ENOUGH_LINES = 1.5;

export type Upright =
  | {
      readonly correct: true;
      /** From straight picture pixels to upright pixels, about the optical axis. */
      readonly toUpright: Homography;
      readonly tilt: Tilt;
    }
  | {
      readonly correct: false;
      /** `reshoot`: tilted too far. `unsure`: too few lines to tell. `upright`: nothing to do. */
      readonly why: 'reshoot' | 'unsure' | 'upright';
      readonly tilt: Tilt | null;
    };

/** How the camera was held. Degrees. */
export type Tilt = {
  /** Above 0: it looked down. */
  readonly pitch: number;
  /** Above 0: it was turned clockwise, so that the picture leans to the left. */
  readonly roll: number;
  /** Standard deviations of both. */
  readonly pitchSpread: number;
  readonly rollSpread: number;
};

type Found =
  | { readonly sure: true; readonly tilt: Tilt; readonly down: Vector }
  | { readonly sure: false; readonly tilt: Tilt | null };

/** How the camera was held, and whether enough verticals say so. */
export function findTilt(
  segments: readonly Segment[],
  { camera, height }: { readonly camera: Camera; readonly height: number },
  lens: KnownLens,
): Found {
  const frame = estimateFrame(segments, camera, lens);
  if (frame === null) return { sure: false, tilt: null };
  const down = seenBy(camera, frame);
  const tilt = tiltOf(down, frame, camera);
  const enough = (frame.support[0] ?? 0) >= ENOUGH_LINES * height;
  const sure = enough && tilt.pitchSpread <= SURE_PITCH && tilt.rollSpread <= SURE_ROLL;
  return sure ? { sure, tilt, down } : { sure: false, tilt };
}

/**
 * Decides whether and how to make the verticals vertical: the rotation R that takes the vertical to
 * (0, 1, 0) by the shortest way gives the homography K R K^-1 (Hartley & Zisserman, section 8.4).
 * @param lens what is known of it: its distortion will be undone before
 * @param strength share of the tilt that is removed, 0..1
 */
export function planVerticals(
  picture: Picture,
  camera: Camera,
  { lens, strength }: { readonly lens: KnownLens; readonly strength: number },
): Upright {
  const { segments } = readLines(picture);
  const found = findTilt(segments, { camera, height: picture.height }, lens);
  if (!found.sure) return { correct: false, why: 'unsure', tilt: found.tilt };
  const { tilt, down } = found;
  const [pitch, roll] = [Math.abs(tilt.pitch), Math.abs(tilt.roll)];
  if (pitch > MOST_PITCH + DOUBT || roll > MOST_ROLL + DOUBT)
    return { correct: false, why: 'reshoot', tilt };
  const pitched = pitch >= Math.max(PITCH_SEEN, SIGNIFICANT * tilt.pitchSpread);
  const rolled = roll >= Math.max(ROLL_SEEN, SIGNIFICANT * tilt.rollSpread);
  if (!pitched && !rolled) return { correct: false, why: 'upright', tilt };
  const [x, y, z] = turnBetween(down, [0, 1, 0]);
  const turn = rotationBy([x * strength, y * strength, z * strength]);
  return { correct: true, toUpright: aroundAxis(turn, camera), tilt };
}

/**
 * The vertical as the camera is believed to see it. The focal length that the lines suggest helps to find
 * it, but is too uncertain to measure angles with.
 */
function seenBy(camera: Camera, { directions, focal }: FrameFit): Vector {
  const [x, y, z] = directions[0] ?? [0, 1, 0];
  const zoom = focal / camera.focal;
  return unit([x * zoom, y * zoom, z]);
}

function tiltOf(down: Vector, { spread, focal }: FrameFit, camera: Camera): Tilt {
  return {
    pitch: Math.asin(down[2]) * DEGREES,
    roll: Math.atan2(down[0], down[1]) * DEGREES,
    pitchSpread: ((spread.pitch * camera.focal) / focal) * DEGREES,
    rollSpread: spread.roll * DEGREES,
  };
}

/** K R K^-1: what turning the camera by `rotation` does to its pixels. */
export function aroundAxis(rotation: Homography, camera: Camera): Homography {
  const { focal, centreX, centreY } = camera;
  const toPixels: Homography = [focal, 0, centreX, 0, focal, centreY, 0, 0, 1];
  const toRays: Homography = [
    1 / focal,
    0,
    -centreX / focal,
    0,
    1 / focal,
    -centreY / focal,
    0,
    0,
    1,
  ];
  return followedBy(followedBy(toRays, rotation), toPixels);
}
