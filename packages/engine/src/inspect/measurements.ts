import type { CastEstimate } from '../color/estimate-cast.ts';
import { estimateCast } from '../color/estimate-cast.ts';
import { createPlane, type Picture, type Plane, readLumaRow } from '../pixels/picture.ts';
import { pictureProxy } from '../pixels/proxy.ts';
import { structureKept } from './structure.ts';

/** What was measured on the finished photo. Shares are 0..1. */
export type Measurements = {
  /** Mean luma, 0..1. */
  readonly meanLuma: number;
  /** Share of pixels whose luma is 0 in an 8-bit file. */
  readonly clippedDark: number;
  /** Share of pixels with any channel at 254 or 255: a saturated colour goes flat long before it is white. */
  readonly clippedBright: number;
  /** Noise of luma, standard deviation in 8-bit levels. */
  readonly noiseSigma: number;
  /** 95th percentile of the luma gradient on a copy of about 1024 px, in 8-bit levels per pixel. */
  readonly sharpness: number;
  /** Colour of neutral surfaces: distance from grey in log2 chroma. 0.1 is just visible. */
  readonly colorCast: number;
  /** How much of the reference frame's structure is still there, -1..1; `null` when it cannot be compared. */
  readonly structureKept: number | null;
};

/** Rounds to 254 of 255 or more in the file. */
const CLIPPED = 253.5 * 257;

/** Patches of at most this many pixels a side are read for noise; the whole photo would tell the same. */
const NOISE_PATCH = 1024;

/** Measures a finished photo; `reference` is the small luma of the frame it was made from. */
export function measure(picture: Picture, reference: Plane | null): Measurements {
  const small = pictureProxy(picture);
  const comparable =
    reference !== null && reference.width === small.width && reference.height === small.height;
  return {
    ...lumaStatistics(picture),
    noiseSigma: noiseSigma(centrePatch(picture)) * 255,
    sharpness: gradientPercentile(small) * 255,
    colorCast: castOf(estimateCast(picture)),
    structureKept: comparable ? structureKept(small, reference) : null,
  };
}

function castOf({ light }: CastEstimate): number {
  return Math.hypot(Math.log2(light[0]), Math.log2(light[2]));
}

function lumaStatistics(
  picture: Picture,
): Pick<Measurements, 'meanLuma' | 'clippedDark' | 'clippedBright'> {
  const { width, height, data } = picture;
  const row = new Float32Array(width);
  let [sum, dark, bright] = [0, 0, 0];
  for (let y = 0; y < height; y++) {
    readLumaRow(picture, y, row);
    for (let x = 0; x < width; x++) {
      const luma = row[x] as number;
      const at = (y * width + x) * 3;
      const top = Math.max(data[at] as number, data[at + 1] as number, data[at + 2] as number);
      sum += luma;
      if (luma < 0.5 / 255) dark++;
      else if (top >= CLIPPED) bright++;
    }
  }
  const pixels = width * height;
  return { meanLuma: sum / pixels, clippedDark: dark / pixels, clippedBright: bright / pixels };
}

/** Luma of the middle of the picture. */
function centrePatch(picture: Picture): Plane {
  const patch = createPlane(
    Math.min(NOISE_PATCH, picture.width),
    Math.min(NOISE_PATCH, picture.height),
  );
  const left = (picture.width - patch.width) >> 1;
  const top = (picture.height - patch.height) >> 1;
  const row = new Float32Array(picture.width);
  for (let y = 0; y < patch.height; y++) {
    readLumaRow(picture, top + y, row);
    patch.data.set(row.subarray(left, left + patch.width), y * patch.width);
  }
  return patch;
}

/**
 * Immerkaer, "Fast Noise Variance Estimation", CVIU 64(2), 1996: the mask [1 -2 1; -2 4 -2; 1 -2 1]
 * answers to noise and hardly to structure. Same unit as the plane's values.
 */
export function noiseSigma(plane: Plane): number {
  const { width, height, data } = plane;
  if (width < 3 || height < 3) return 0;
  let sum = 0;
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const [up, here, down] = [(y - 1) * width + x, y * width + x, (y + 1) * width + x];
      const corners =
        (data[up - 1] as number) +
        (data[up + 1] as number) +
        (data[down - 1] as number) +
        (data[down + 1] as number);
      const sides =
        (data[up] as number) +
        (data[down] as number) +
        (data[here - 1] as number) +
        (data[here + 1] as number);
      sum += Math.abs(corners - 2 * sides + 4 * (data[here] as number));
    }
  }
  return (Math.sqrt(Math.PI / 2) * sum) / (6 * (width - 2) * (height - 2));
}

/** The gradient that 5 % of the pixels exceed: photos in focus have some strong edges, blurred ones have none. */
function gradientPercentile(plane: Plane): number {
  const { width, height, data } = plane;
  const gradients = new Float32Array(Math.max(1, (width - 1) * (height - 1)));
  let count = 0;
  for (let y = 0; y + 1 < height; y++) {
    for (let x = 0; x + 1 < width; x++) {
      const at = y * width + x;
      const here = data[at] as number;
      gradients[count++] = Math.hypot(
        (data[at + 1] as number) - here,
        (data[at + width] as number) - here,
      );
    }
  }
  gradients.sort();
  return gradients[Math.floor(gradients.length * 0.95)] as number;
}
