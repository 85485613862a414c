import { boxMean } from '../pixels/box-mean.ts';
import { meanOf } from '../pixels/measure.ts';
import { createPlane, type Plane } from '../pixels/picture.ts';
import type { Overview } from '../plan/plan.ts';
import { type TextureMap, textureMap } from './texture-map.ts';

/** What alignment looks at in one exposure; made once per frame. */
export type View = {
  /** The overview's luma, 0..1. */
  readonly luma: Plane;
  /** Half as large. */
  readonly half: Plane;
  /** Mean of `luma`. */
  readonly brightness: number;
  /** Standard deviation of noise and rounding in `luma`. */
  readonly noise: number;
  readonly texture: TextureMap;
  /** Small exposure-free copies for the coarse search, the smallest first; made when asked for. */
  readonly sketches: () => readonly Sketch[];
};

/**
 * A small copy in units of its local contrast, about -2..2: the same in every exposure that shows a
 * place at all, and 0 where it is clipped, black or bare.
 */
export type Sketch = {
  readonly plane: Plane;
  /** Overview pixels per pixel of this copy. */
  readonly factor: number;
};

/** Long side in pixels that the copies have at most: translation is searched on the first. */
const SKETCH_SIDES = [192, 384];

/** Radius of the neighbourhood whose contrast counts, in pixels of the sketch. */
const NEIGHBOURHOOD = 7;

/** Local contrast (standard deviation, 0..1) that counts half: fine grain is no structure. */
const FAINT = 0.004;

/** A step of an 8-bit code, as a standard deviation: no frame is known better than that. */
const ROUNDING = 1 / (255 * Math.sqrt(12));

export function viewOf({ luma }: Pick<Overview, 'luma'>): View {
  const noise = Math.max(ROUNDING, noiseOf(luma));
  const half = halfOf(luma);
  const texture = textureMap(half, noise);
  const brightness = meanOf(half);
  let sketches: readonly Sketch[] | null = null;
  return {
    luma,
    half,
    brightness,
    noise,
    texture,
    sketches: () => {
      sketches ??= sketchesOf({ luma, half }, noise);
      return sketches;
    },
  };
}

function sketchesOf({ luma, half }: Pick<View, 'luma' | 'half'>, noise: number): Sketch[] {
  const levels = [luma, half];
  const smallest = SKETCH_SIDES[0] as number;
  for (let last = half; Math.max(last.width, last.height) > smallest; ) {
    last = halfOf(last);
    levels.push(last);
  }
  return SKETCH_SIDES.map((side) => {
    const level = levels.findIndex(({ width, height }) => Math.max(width, height) <= side);
    const factor = 2 ** level;
    return { factor, plane: sketchOf(levels[level] ?? luma, noise / factor) };
  });
}

/** Means of 2 x 2 pixels; a last odd row or column is left out, so that places keep a plain factor. */
export function halfOf({ width, height, data }: Plane): Plane {
  const out = createPlane(Math.max(1, width >> 1), Math.max(1, height >> 1));
  const small = out.data;
  const [right, below] = [width > 1 ? 1 : 0, height > 1 ? width : 0];
  for (let y = 0, into = 0; y < out.height; y++) {
    let upper = 2 * y * width;
    let lower = upper + below;
    for (let x = 0; x < out.width; x++, into++, upper += 2, lower += 2)
      small[into] =
        0.25 *
        ((data[upper] as number) +
          (data[upper + right] as number) +
          (data[lower] as number) +
          (data[lower + right] as number));
  }
  return out;
}

function sketchOf(plane: Plane, noise: number): Plane {
  const { width, height, data } = plane;
  const squares = createPlane(width, height);
  for (let i = 0; i < data.length; i++) squares.data[i] = (data[i] as number) ** 2;
  const [mean, square] = [boxMean(plane, NEIGHBOURHOOD), boxMean(squares, NEIGHBOURHOOD)];
  const floor = FAINT * FAINT + 9 * noise * noise;
  const out = createPlane(width, height);
  for (let i = 0; i < data.length; i++) {
    const middle = mean.data[i] as number;
    const variance = Math.max(0, (square.data[i] as number) - middle * middle);
    out.data[i] = ((data[i] as number) - middle) / Math.sqrt(variance + floor);
  }
  return out;
}

/** Side of the squares in which noise is measured, and the share of the calmest that are believed. */
const SQUARE = 8;
const CALMEST = 0.2;

/**
 * Noise by the difference of two Laplacians (Immerkaer, "Fast Noise Variance Estimation", CVIU 64(2),
 * 1996), in the calmest squares only, because texture is no noise.
 */
function noiseOf({ width, height, data }: Plane): number {
  const found: number[] = [];
  const stride = 4 * SQUARE;
  for (let top = 1; top + SQUARE < height; top += stride) {
    for (let left = 1; left + SQUARE < width; left += stride) {
      let sum = 0;
      for (let y = top; y < top + SQUARE; y++) {
        for (let at = y * width + left; at < y * width + left + SQUARE; at++) {
          const cross =
            (data[at - 1] as number) +
            (data[at + 1] as number) +
            (data[at - width] as number) +
            (data[at + width] as number);
          const corners =
            (data[at - width - 1] as number) +
            (data[at - width + 1] as number) +
            (data[at + width - 1] as number) +
            (data[at + width + 1] as number);
          sum += (4 * (data[at] as number) - 2 * cross + corners) ** 2;
        }
      }
      found.push(sum / (36 * SQUARE * SQUARE));
    }
  }
  found.sort((a, b) => a - b);
  return Math.sqrt(found[Math.floor(found.length * CALMEST)] ?? 0);
}
