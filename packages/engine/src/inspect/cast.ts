import { srgbToLinear } from '../pixels/srgb.ts';
import type { SmallView } from './small-view.ts';

export type Cast = {
  /** Colour of surfaces that are grey in the reference: distance from grey in log2 chroma. */
  readonly colorCast: number;
  /** By how much that is more than it was in the reference. */
  readonly castAdded: number;
};

/** Distance from grey in log2 chroma up to which a surface of the reference may be a grey one. */
const NEARLY_GREY = 0.8;

const DARKEST = 0.15;
const BRIGHTEST = 0.93;

/** Pale and dark greys have an opinion; the palest tenth of a photo is mostly walls and ceilings. */
const LEAST_PIXELS = 400;

/** What ought to be grey, as the reference shows it. */
export type Greys = {
  /** How much each pixel counts: brighter ones and greyer ones more. */
  readonly weights: Float32Array;
  /** How many count at all. */
  readonly count: number;
  /** Distance of all of it from grey in log2 chroma. */
  readonly cast: number;
};

export function greysOf({ picture, luma }: SmallView): Greys {
  const weights = new Float32Array(luma.data.length);
  const [logs, greyness] = [logarithms(), greynesses()];
  const { data } = picture;
  let count = 0;
  for (let i = 0, at = 0; i < weights.length; i++, at += 3) {
    const brightness = luma.data[i] as number;
    if (brightness < DARKEST || brightness > BRIGHTEST) continue;
    const green = logs[(data[at + 1] as number) >> 4] as number;
    const red = (logs[(data[at] as number) >> 4] as number) - green;
    const blue = (logs[(data[at + 2] as number) >> 4] as number) - green;
    const square = (red * red + blue * blue) / NEARLY_GREY ** 2;
    if (square > 1) continue;
    weights[i] = brightness * (greyness[Math.round(square * STEPS)] as number);
    count++;
  }
  return { weights, count, cast: distanceFromGrey(data, weights) };
}

/**
 * The colour of what ought to be grey. 0.1 is just visible. Only its strength is compared: what looks grey in
 * a tinted exposure is partly of the opposite colour, so that taking the tint away rightly seems to go too far.
 */
export function castOf({ picture }: SmallView, { weights, count, cast }: Greys): Cast {
  if (count < LEAST_PIXELS) return { colorCast: 0, castAdded: 0 };
  const colorCast = distanceFromGrey(picture.data, weights);
  return { colorCast, castAdded: colorCast - cast };
}

function distanceFromGrey(data: Uint16Array, weights: Float32Array): number {
  const logs = logarithms();
  let redSum = 0;
  let blueSum = 0;
  let sum = 0;
  for (let i = 0, at = 0; i < weights.length; i++, at += 3) {
    const weight = weights[i] as number;
    if (weight === 0) continue;
    const green = logs[(data[at + 1] as number) >> 4] as number;
    redSum += weight * ((logs[(data[at] as number) >> 4] as number) - green);
    blueSum += weight * ((logs[(data[at + 2] as number) >> 4] as number) - green);
    sum += weight;
  }
  return sum === 0 ? 0 : Math.hypot(redSum, blueSum) / sum;
}

/** Of 12 bits of a code, the logarithm of its light to base 2. */
let logTable: Float32Array | null = null;

function logarithms(): Float32Array {
  logTable ??= Float32Array.from({ length: 4096 }, (_, i) =>
    Math.log2(Math.max(1e-4, srgbToLinear((i + 0.5) / 4096))),
  );
  return logTable;
}

/** How grey a colour is by the square of its distance, in steps up to `NEARLY_GREY`. */
const STEPS = 1024;

function greynesses(): Float32Array {
  return Float32Array.from({ length: STEPS + 1 }, (_, i) => Math.exp((-4 * i) / STEPS));
}
