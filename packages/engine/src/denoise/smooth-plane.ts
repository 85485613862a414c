import { createPlane, type Plane } from '../pixels/picture.ts';
import type { Smoothing } from './plan-denoise.ts';

/**
 * Takes noise out of a plane; kernels/denoise.ts does the same on samples.
 *
 * In each window the plane is mean + gain * (value - mean), with a gain from how much the window varies
 * beyond its noise (after Lee, "Digital Image Enhancement and Noise Filtering by Use of Local
 * Statistics", PAMI 2(2), 1980); the gains and means of all windows that
 * hold a pixel are averaged, as the guided filter does (He, Sun & Tang, ECCV 2010). Walls become smooth,
 * edges and weave, which vary more than noise, stay. Beyond the borders samples are repeated.
 * @param middle what `variances` are centred on: 0.5 for luma, 0 for chroma
 */
export function smoothPlane(plane: Plane, smoothing: Smoothing, middle: number): Plane {
  const { width, height } = plane;
  const { radius, variances, strength } = smoothing;
  const reach = 2 * radius;
  const wide = extended(plane, reach);
  const mean = boxSum(wide, radius);
  const square = boxSum({ ...wide, data: wide.data.map((value) => value * value) }, radius);
  const area = (2 * radius + 1) ** 2;
  for (let i = 0; i < mean.data.length; i++) {
    const m = (mean.data[i] as number) / area;
    const variance = Math.max(1e-12, (square.data[i] as number) / area - m * m);
    const level = Math.round((m - middle + 0.5) * (variances.length - 1));
    const last = variances.length - 1;
    const noise = variances[Math.min(last, Math.max(0, level))] as number;
    // Squared: what varies only a little more than noise is kept rather than smeared.
    const gain = Math.max(0, 1 - (noise / variance) ** 2);
    // The planes are used again: gains in one, offsets in the other.
    square.data[i] = gain;
    mean.data[i] = m * (1 - gain);
  }
  const gains = boxSum(square, radius);
  const offsets = boxSum(mean, radius);
  const out = createPlane(width, height);
  for (let i = 0; i < out.data.length; i++) {
    const value = plane.data[i] as number;
    const smooth = ((gains.data[i] as number) * value + (offsets.data[i] as number)) / area;
    out.data[i] = value + strength * (smooth - value);
  }
  return out;
}

/** The plane with its border samples repeated `reach` times to each side. */
function extended(plane: Plane, reach: number): Plane {
  const out = createPlane(plane.width + 2 * reach, plane.height + 2 * reach);
  for (let y = 0; y < out.height; y++) {
    const from = Math.min(plane.height - 1, Math.max(0, y - reach)) * plane.width;
    for (let x = 0; x < out.width; x++) {
      const column = Math.min(plane.width - 1, Math.max(0, x - reach));
      out.data[y * out.width + x] = plane.data[from + column] as number;
    }
  }
  return out;
}

/** Sums over squares that lie wholly inside: the result is smaller by `radius` on each side. */
function boxSum(plane: Plane, radius: number): Plane {
  const across = createPlane(plane.width - 2 * radius, plane.height);
  const out = createPlane(across.width, plane.height - 2 * radius);
  for (let y = 0; y < across.height; y++) {
    for (let x = 0; x < across.width; x++) {
      let sum = 0;
      const from = y * plane.width + x;
      for (let i = 0; i <= 2 * radius; i++) sum += plane.data[from + i] as number;
      across.data[y * across.width + x] = sum;
    }
  }
  for (let y = 0; y < out.height; y++) {
    for (let x = 0; x < out.width; x++) {
      let sum = 0;
      for (let j = 0; j <= 2 * radius; j++) sum += across.data[(y + j) * out.width + x] as number;
      out.data[y * out.width + x] = sum;
    }
  }
  return out;
}
