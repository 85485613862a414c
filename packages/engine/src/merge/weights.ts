import type { StepSettings } from '../options/settings.ts';
import { type FrameSource, readSaturationRow, readStrongestRow } from '../pixels/frame-source.ts';
import { createPlane, type Plane } from '../pixels/picture.ts';
import { type RowReader, reduceRows } from '../pixels/pyramid.ts';
import { tabulate } from '../pixels/srgb.ts';

/**
 * Fusion weights of Mertens, Kautz & Van Reeth, "Exposure Fusion", Pacific Graphics 2007, section 3:
 * W = contrast^wc * saturation^ws * exposedness^we, normalised over the frames. Contrast and
 * exposedness are measured on the strongest channel, with a larger exponent in place of the paper's
 * product over channels: a third of the work, and unlike luma it sees the red of a chair or the blue
 * of a sky run into full scale. For grey surfaces the two are the same.
 */
export type WeightSettings = Pick<
  StepSettings['merge'],
  'contrast' | 'saturation' | 'exposedness' | 'target'
>;

/** Width of the well-exposedness bell; 0.2 in the paper. */
const EXPOSEDNESS_SIGMA = 0.2;

/** Contrast that even a smooth wall has, so that noise alone never decides between two frames. */
const CONTRAST_FLOOR = 0.002;

/** Likewise for saturation: white walls are judged by their exposure, not by colour noise. */
const SATURATION_FLOOR = 0.03;

/** Keeps the sum above zero where every frame is black or white; the paper's epsilon. */
const EPSILON = 1e-6;

/**
 * A frame in which a pixel is at either end of the scale has nothing to say about it: its vote falls
 * to this share, or in deep shadows the dark frames of a bracket would outvote the one that sees
 * there, and in a deep sky the bright frames.
 */
const AT_END = 0.02;
const BLOCKED_BELOW = 8 / 255;
const BLOWN_ABOVE = 240 / 255;

/** Entries of the table that replaces exp() per pixel. */
const TABLE = 1024;

/** Above this many pixels weights are made at half size: they are smoothed by the pyramid anyway. */
const FULL_SIZE_PIXELS = 3_000_000;

/** The pyramid level the weights start at: 0 full size, 1 half size. */
export function weightLevel(width: number, height: number): 0 | 1 {
  return width * height > FULL_SIZE_PIXELS ? 1 : 0;
}

/** Unnormalised weights of one frame, full or half size (see `weightLevel`). All values > 0. */
export function rawWeights(source: FrameSource, settings: WeightSettings): Plane {
  const strongest = measurePlane(source, (y, into) => readStrongestRow(source, y, into));
  const weights = createPlane(strongest.width, strongest.height);
  const bell = tabulate(TABLE + 1, (value) => exposedness(value, settings));
  for (let y = 0; y < strongest.height; y++)
    weightRow(strongest, weights, { y, bell, exponent: settings.contrast });
  if (settings.saturation > 0) applySaturation(source, weights, settings.saturation);
  return weights;
}

/** Divides weights in place so that they sum to one at every pixel. */
export function normaliseWeights(weights: readonly Plane[]): void {
  const [first] = weights;
  if (first === undefined) return;
  const sum = new Float32Array(first.data.length);
  for (const { data } of weights)
    for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) + (data[i] as number);
  for (let i = 0; i < sum.length; i++) sum[i] = 1 / (sum[i] as number);
  for (const { data } of weights)
    for (let i = 0; i < sum.length; i++) data[i] = (data[i] as number) * (sum[i] as number);
}

function exposedness(value: number, { exposedness: exponent, target }: WeightSettings): number {
  const bell = Math.exp((-exponent * (value - target) ** 2) / (2 * EXPOSEDNESS_SIGMA ** 2));
  const inside = Math.min(1, value / BLOCKED_BELOW, (1 - value) / (1 - BLOWN_ABOVE));
  return bell * (AT_END + (1 - AT_END) * Math.max(0, inside));
}

function weightRow(
  plane: Plane,
  weights: Plane,
  row: { y: number; bell: Float32Array; exponent: number },
): void {
  const { width, height, data } = plane;
  const { y, bell, exponent } = row;
  const here = y * width;
  const above = Math.max(0, y - 1) * width;
  const below = Math.min(height - 1, y + 1) * width;
  for (let x = 0; x < width; x++) {
    const value = data[here + x] as number;
    const left = data[here + (x > 0 ? x - 1 : 0)] as number;
    const right = data[here + (x + 1 < width ? x + 1 : x)] as number;
    const laplacian =
      left + right + (data[above + x] as number) + (data[below + x] as number) - 4 * value;
    const contrast = Math.abs(laplacian) + CONTRAST_FLOOR;
    const measure = exponent === 1 ? contrast : contrast ** exponent;
    weights.data[here + x] = measure * (bell[(value * TABLE + 0.5) | 0] as number) + EPSILON;
  }
}

function applySaturation(source: FrameSource, weights: Plane, exponent: number): void {
  const saturation = measurePlane(source, (y, into) => readSaturationRow(source, y, into));
  for (let i = 0; i < weights.data.length; i++) {
    weights.data[i] =
      (weights.data[i] as number) * ((saturation.data[i] as number) + SATURATION_FLOOR) ** exponent;
  }
}

function measurePlane(source: FrameSource, readRow: RowReader): Plane {
  const { width, height } = source;
  if (weightLevel(width, height) === 1) return reduceRows(width, height, readRow);
  const plane = createPlane(width, height);
  for (let y = 0; y < height; y++) readRow(y, plane.data.subarray(y * width, (y + 1) * width));
  return plane;
}
