import type { Camera } from './camera.ts';
import { type FitSettings, type FrameFit, fitFrame } from './fit-frame.ts';
import { guessHorizontals, guessVertical } from './guess-frame.ts';
import { toLines } from './lines.ts';
import type { Segment } from './segments.ts';

/** Most lenses bend less than 2 % at the corner. */
const USUAL_K1 = 0.02;

/** EXIF knows the focal length to a few percent; without it, the usual one is a third off or so. */
const KNOWN_FOCAL = 0.03;
const UNKNOWN_FOCAL = 0.2;

/** Cameras are held level to about 2.5 degrees. */
const LEVEL = (2.5 * Math.PI) / 180;

/**
 * Weight of horizontal lines when the vertical is refined. They say where the horizon is, which steadies
 * the vertical where few verticals are seen; but what a viewer sees tilt are the verticals.
 */
const HORIZONTALS = 0.01;

/** They count more when the focal length is known, on which the height of the horizon depends. */
const HORIZONTALS_KNOWN = 0.03;

/** The longest lines tell nearly all; more of them only cost time. */
const LINES = 800;

/** The lens as far as it is known: k1 that straightens the picture, and how sure that is. */
export type KnownLens = { readonly k1: number; readonly spread: number };

/** Of a lens that could not be measured. */
export const UNKNOWN_LENS: KnownLens = { k1: 0, spread: USUAL_K1 };

/**
 * What the straight lines of a picture tell about how the camera was held: first all three directions of
 * the room together, which also gives the focal length, then the vertical once more, mostly by the
 * verticals. `null` when there are none.
 */
export function estimateFrame(
  segments: readonly Segment[],
  camera: Camera,
  { k1, spread }: KnownLens,
): FrameFit | null {
  const chosen = longest(segments);
  const lines = toLines(chosen, camera, k1);
  const vertical = guessVertical(lines);
  if (vertical === null) return null;
  const settings: FitSettings = {
    trustK1: Number.POSITIVE_INFINITY,
    spreadK1: spread,
    trustFocal: 1 / (camera.focalKnown ? KNOWN_FOCAL : UNKNOWN_FOCAL) ** 2,
    trustLevel: 1 / LEVEL ** 2,
    horizontals: 1,
  };
  const directions = [vertical, ...guessHorizontals(lines, vertical)];
  const room = fitFrame(chosen, camera, {
    frame: { directions, k1, focal: camera.focal },
    settings,
  });
  return fitFrame(
    chosen,
    { ...camera, focal: room.focal },
    {
      frame: room,
      settings: {
        ...settings,
        trustFocal: Number.POSITIVE_INFINITY,
        horizontals: camera.focalKnown ? HORIZONTALS_KNOWN : HORIZONTALS,
      },
    },
  );
}

function longest(segments: readonly Segment[]): readonly Segment[] {
  if (segments.length <= LINES) return segments;
  const lengthOf = ({ x1, y1, x2, y2 }: Segment): number => Math.hypot(x2 - x1, y2 - y1);
  return [...segments].sort((a, b) => lengthOf(b) - lengthOf(a)).slice(0, LINES);
}
