import { boxMean } from '../pixels/guided-filter.ts';
import { createPlane, LUMA_B, LUMA_G, LUMA_R, type Plane } from '../pixels/picture.ts';
import { reducePlane } from '../pixels/pyramid.ts';

/**
 * MEF-SSIM of Ma, Zeng & Wang, "Perceptual Quality Assessment for Multi-Exposure Image Fusion",
 * TIP 2015, written from the paper: how much of the best structure of all exposures a fused picture
 * keeps, 0..1. Patches are 11 x 11 boxes; three scales.
 */
const RADIUS = 5;
const SCALE_WEIGHTS = [0.0448, 0.2856, 0.3001];
const STABILITY = (0.03 * 255) ** 2;
const MAX_POWER = 10;

/** @param exposures interleaved 8-bit RGB, like `fused`, all of `size` in pixels */
export function mefSsim(
  exposures: readonly Uint8Array[],
  fused: Uint8Array,
  size: { width: number; height: number },
): number {
  let planes = exposures.map((codes) => lumaPlane(codes, size));
  let result = lumaPlane(fused, size);
  const total = SCALE_WEIGHTS.reduce((sum, weight) => sum + weight, 0);
  let score = 1;
  for (const weight of SCALE_WEIGHTS) {
    score *= Math.max(0, scoreAtScale(planes, result)) ** (weight / total);
    planes = planes.map(reducePlane);
    result = reducePlane(result);
  }
  return score;
}

function lumaPlane(codes: Uint8Array, { width, height }: { width: number; height: number }): Plane {
  const plane = createPlane(width, height);
  for (let i = 0; i < plane.data.length; i++) {
    const [r, g, b] = [
      codes[3 * i] as number,
      codes[3 * i + 1] as number,
      codes[3 * i + 2] as number,
    ];
    plane.data[i] = LUMA_R * r + LUMA_G * g + LUMA_B * b;
  }
  return plane;
}

/** Covariances of every pair of exposures, and of every exposure with the result, per patch. */
function scoreAtScale(exposures: readonly Plane[], result: Plane): number {
  const means = exposures.map((plane) => boxMean(plane, RADIUS));
  const resultMean = boxMean(result, RADIUS);
  const pairs = exposures.map((a, i) =>
    exposures.map((b, j) => (j < i ? null : covariance(a, b, [means[i] ?? a, means[j] ?? b]))),
  );
  const withResult = exposures.map((plane, i) =>
    covariance(plane, result, [means[i] ?? plane, resultMean]),
  );
  const resultVariance = covariance(result, result, [resultMean, resultMean]);
  let sum = 0;
  for (let at = 0; at < result.data.length; at++) {
    const between = (i: number, j: number): number =>
      pairs[Math.min(i, j)]?.[Math.max(i, j)]?.data[at] as number;
    const patch = exposures.map((_, i) => ({
      variance: Math.max(0, between(i, i)),
      withResult: withResult[i]?.data[at] as number,
    }));
    sum += patchScore(patch, between, Math.max(0, resultVariance.data[at] as number));
  }
  return sum / result.data.length;
}

type PatchOfExposure = { readonly variance: number; readonly withResult: number };

/** Eqs. 5-11: the reference patch has the highest contrast and the weighted structure of all exposures. */
function patchScore(
  patch: readonly PatchOfExposure[],
  between: (i: number, j: number) => number,
  resultVariance: number,
): number {
  const contrasts = patch.map(({ variance }) => Math.sqrt(variance));
  const best = Math.max(...contrasts);
  const sumSquare = patch.reduce(
    (sum, _, i) => sum + patch.reduce((inner, __, j) => inner + between(i, j), 0),
    0,
  );
  const consistency = Math.min(
    1,
    Math.sqrt(Math.max(0, sumSquare)) /
      Math.max(
        1e-6,
        contrasts.reduce((a, b) => a + b, 0),
      ),
  );
  const power = Math.min(MAX_POWER, Math.tan((Math.PI / 2) * Math.min(consistency, 0.9999)));
  // r = scale * sum_k w_k s_k with s_k = x_k / c_k and w_k = c_k^p.
  const factors = contrasts.map((contrast) => (contrast + 1e-4) ** power / (contrast + 1e-4));
  const largest = Math.max(...factors);
  const shares = factors.map((factor) => factor / largest);
  const square = shares.reduce(
    (sum, a, i) => sum + shares.reduce((inner, b, j) => inner + a * b * between(i, j), 0),
    0,
  );
  const scale = best / Math.sqrt(Math.max(1e-12, square));
  const cross =
    scale * shares.reduce((sum, share, i) => sum + share * (patch[i]?.withResult ?? 0), 0);
  return (2 * cross + STABILITY) / (best * best + resultVariance + STABILITY);
}

function covariance(a: Plane, b: Plane, means: readonly [Plane, Plane]): Plane {
  const product = createPlane(a.width, a.height);
  for (let i = 0; i < product.data.length; i++)
    product.data[i] = (a.data[i] as number) * (b.data[i] as number);
  const mean = boxMean(product, RADIUS);
  for (let i = 0; i < mean.data.length; i++) {
    mean.data[i] =
      (mean.data[i] as number) - (means[0].data[i] as number) * (means[1].data[i] as number);
  }
  return mean;
}
