import { createPlane, type Plane } from '../../../packages/engine/src/pixels/picture.ts';
import { expandRow, gaussianPyramid } from '../../../packages/engine/src/pixels/pyramid.ts';
import type { Bracket } from './scenes.ts';

/**
 * Exposure fusion as Mertens, Kautz & Van Reeth wrote it down (Pacific Graphics 2007), all exponents
 * 1, in floating point: what everybody compares with. Each channel is blended with the same weights.
 */
export function mertens({ exposures, width, height }: Bracket): Uint8Array {
  const size = { width, height };
  const levels = Math.floor(Math.log2(Math.min(width, height))) + 1;
  const weights = normalised(exposures.map((codes) => weightOf(codes, size)));
  const pyramids = weights.map((weight) => gaussianPyramid(weight, levels));
  const fused = new Uint8Array(width * height * 3);
  for (let channel = 0; channel < 3; channel++) {
    const planes = exposures.map((codes) => channelOf(codes, size, channel));
    const plane = blended(planes, pyramids, levels);
    for (let i = 0; i < plane.data.length; i++)
      fused[3 * i + channel] = Math.round(255 * Math.min(1, Math.max(0, plane.data[i] as number)));
  }
  return fused;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

function channelOf(codes: Uint8Array, { width, height }: Size, channel: number): Plane {
  const plane = createPlane(width, height);
  for (let i = 0; i < plane.data.length; i++)
    plane.data[i] = (codes[3 * i + channel] as number) / 255;
  return plane;
}

/** Contrast times saturation times well-exposedness. */
function weightOf(codes: Uint8Array, size: Size): Plane {
  const [red, green, blue] = [0, 1, 2].map((channel) => channelOf(codes, size, channel).data);
  const weight = createPlane(size.width, size.height);
  const grey = (i: number): number =>
    0.299 * (red?.[i] as number) + 0.587 * (green?.[i] as number) + 0.114 * (blue?.[i] as number);
  for (let y = 0; y < size.height; y++) {
    const [above, below] = [mirrored(y - 1, size.height), mirrored(y + 1, size.height)];
    for (let x = 0; x < size.width; x++) {
      const [left, right] = [mirrored(x - 1, size.width), mirrored(x + 1, size.width)];
      const at = y * size.width + x;
      const laplacian =
        grey(y * size.width + left) +
        grey(y * size.width + right) +
        grey(above * size.width + x) +
        grey(below * size.width + x) -
        4 * grey(at);
      const colors = [red?.[at] as number, green?.[at] as number, blue?.[at] as number];
      const mean = colors.reduce((sum, value) => sum + value, 0) / 3;
      const saturation = Math.sqrt(colors.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 3);
      const exposedness = colors.reduce(
        (product, value) => product * Math.exp(-((value - 0.5) ** 2) / 0.08),
        1,
      );
      weight.data[at] = Math.abs(laplacian) * saturation * exposedness + 1e-12;
    }
  }
  return weight;
}

function mirrored(index: number, length: number): number {
  if (index < 0) return Math.min(length - 1, -index);
  return index < length ? index : Math.max(0, 2 * length - 2 - index);
}

function normalised(weights: readonly Plane[]): readonly Plane[] {
  for (let i = 0; i < (weights[0]?.data.length ?? 0); i++) {
    let sum = 0;
    for (const { data } of weights) sum += data[i] as number;
    for (const { data } of weights) data[i] = (data[i] as number) / sum;
  }
  return weights;
}

function blended(
  planes: readonly Plane[],
  weights: readonly (readonly Plane[])[],
  levels: number,
): Plane {
  const pyramids = planes.map((plane) => gaussianPyramid(plane, levels));
  let result: Plane | null = null;
  for (let level = levels - 1; level >= 0; level--) {
    const { width, height } = weights[0]?.[level] ?? { width: 0, height: 0 };
    const sum: Plane =
      result === null ? createPlane(width, height) : expanded(result, width, height);
    for (const [k, pyramid] of pyramids.entries()) {
      const coarser = pyramid[level + 1];
      const low = coarser === undefined ? null : expanded(coarser, width, height).data;
      for (let i = 0; i < sum.data.length; i++) {
        const detail =
          (pyramid[level]?.data[i] as number) - (low === null ? 0 : (low[i] as number));
        sum.data[i] = (sum.data[i] as number) + (weights[k]?.[level]?.data[i] as number) * detail;
      }
    }
    result = sum;
  }
  return result ?? createPlane(0, 0);
}

function expanded(coarse: Plane, width: number, height: number): Plane {
  const out = createPlane(width, height);
  const column = new Float32Array(coarse.width);
  for (let y = 0; y < height; y++)
    expandRow(coarse, y, { into: out.data.subarray(y * width, (y + 1) * width), column });
  return out;
}
