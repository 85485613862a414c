/**
 * MEF-SSIM of Ma, Zeng & Wang, "Perceptual Quality Assessment for Multi-Exposure Image Fusion",
 * IEEE TIP 24(11), 2015, written from the paper: how much of the best structure of all exposures a
 * fused picture keeps, 0..1. Judged on luma 0..255 in patches of 11 x 11 pixels under a Gaussian
 * window of 1.5 pixels, at three scales; only patches that lie wholly inside the picture count.
 */
const SIDE = 11;
const WINDOW = gaussianWindow(SIDE, 1.5);
/** Of MS-SSIM (Wang et al. 2003), the first three, made to sum to one. */
const SCALE_WEIGHTS = [0.0448, 0.2856, 0.3001].map((weight) => weight / 0.6305);
/** C of eq. 14, (K L)^2 with K = 0.03. */
const STABILITY = (0.03 * 255) ** 2;
/** The exponent p of eq. 10 stops here. */
const MAX_POWER = 10;
/** Contrast (0..255) below which a patch is flat and has no structure. */
const FLAT = 1e-6;
/** An exposure that adds less than this share of the strongest one's structure is passed over. */
const NEGLIGIBLE = 1e-6;

/** Rec. 601, as the paper's grey pictures are made. */
const GREY = [0.299, 0.587, 0.114] as const;

export type MefSsim = {
  readonly score: number;
  /** From fine to coarse, before they are weighted and multiplied. */
  readonly scales: readonly number[];
};

/** Judges pictures fused from the same exposures. @param fused interleaved 8-bit RGB */
export type MefSsimJudge = (fused: Uint8Array) => MefSsim;

/**
 * What the exposures ask of every patch is worked out once; judging a picture is then fast.
 * @param exposures interleaved 8-bit RGB, all of `size` in pixels, which is at least 44 x 44
 */
export function createMefSsim(
  exposures: readonly Uint8Array[],
  size: { width: number; height: number },
): MefSsimJudge {
  let grids = exposures.map((codes) => greyGrid(codes, size));
  const scales = SCALE_WEIGHTS.map(() => {
    const scale = prepareScale(grids);
    grids = grids.map(halve);
    return scale;
  });
  return (codes) => {
    let fused = greyGrid(codes, size);
    const scores = scales.map((scale) => {
      const score = scoreAtScale(scale, fused);
      fused = halve(fused);
      return score;
    });
    const score = scores.reduce(
      (product, value, i) => product * Math.max(0, value) ** (SCALE_WEIGHTS[i] as number),
      1,
    );
    return { score, scales: scores };
  };
}

/** Luma 0..255, or something measured on it, row by row; doubles, because variances are small differences. */
type Grid = { readonly width: number; readonly height: number; readonly data: Float64Array };

/** What the exposures ask for at one scale. All grids have one value per whole patch. */
type Scale = {
  readonly exposures: readonly Measured[];
  /** The wanted patch is `sum_k factors[k] * (x_k - mean of x_k)`. */
  readonly factors: readonly Float32Array[];
  /** Its variance, the largest of all exposures. */
  readonly variance: Float64Array;
};

function prepareScale(grids: readonly Grid[]): Scale {
  const exposures = grids.map(measured);
  const variances = exposures.map((exposure) => covariance(exposure, exposure));
  const sum = measured(sumOf(grids));
  const sumVariance = covariance(sum, sum);
  const count = sumVariance.length;
  const factors = exposures.map(() => new Float32Array(count));
  const variance = new Float64Array(count);
  const contrasts = new Float64Array(exposures.length);
  const shares = new Float64Array(exposures.length);
  for (let at = 0; at < count; at++) {
    let best = 0;
    let total = 0;
    for (let k = 0; k < contrasts.length; k++) {
      const contrast = Math.sqrt(Math.max(0, variances[k]?.[at] as number));
      contrasts[k] = contrast;
      total += contrast;
      if (contrast > best) best = contrast;
    }
    if (best < FLAT) continue;
    variance[at] = best * best;
    // Eq. 11: 1 when all exposures show the same structure, less when they disagree.
    const consistency = Math.min(1, Math.sqrt(Math.max(0, sumVariance[at] as number)) / total);
    // Eq. 10; tan() of a right angle is not infinite in floating point.
    const power = Math.min(MAX_POWER, Math.tan((Math.PI / 2) * Math.min(consistency, 1 - 1e-9)));
    // Eqs. 8 and 9: structure s_k = x_k / c_k, weighted with c_k^p, then brought to length one.
    for (let k = 0; k < shares.length; k++) {
      const contrast = contrasts[k] as number;
      const vote = (contrast / best) ** power;
      shares[k] = contrast < FLAT || vote < NEGLIGIBLE ? 0 : vote / contrast;
    }
    const length = Math.sqrt(combinedVariance(grids, shares, placeOf(at, sum.mean.width)));
    if (length < FLAT) continue;
    for (let k = 0; k < shares.length; k++) {
      const into = factors[k];
      if (into !== undefined) into[at] = ((shares[k] as number) * best) / length;
    }
  }
  return { exposures, factors, variance };
}

/** Mean over all patches of eq. 14: (2 cov(wanted, fused) + C) / (var wanted + var fused + C). */
function scoreAtScale(scale: Scale, grid: Grid): number {
  const fused = measured(grid);
  const variance = covariance(fused, fused);
  const cross = new Float64Array(variance.length);
  for (const [k, exposure] of scale.exposures.entries()) {
    const factors = scale.factors[k];
    if (factors === undefined) continue;
    const withFused = covariance(exposure, fused);
    for (let at = 0; at < cross.length; at++)
      cross[at] = (cross[at] as number) + (factors[at] as number) * (withFused[at] as number);
  }
  let sum = 0;
  for (let at = 0; at < cross.length; at++) {
    const wanted = scale.variance[at] as number;
    const got = Math.max(0, variance[at] as number);
    sum += (2 * (cross[at] as number) + STABILITY) / (wanted + got + STABILITY);
  }
  return sum / cross.length;
}

type Place = { readonly x: number; readonly y: number };

function placeOf(at: number, width: number): Place {
  return { x: at % width, y: Math.floor(at / width) };
}

const patch = new Float64Array(SIDE * SIDE);

/** Variance under the window of `sum_k shares[k] * x_k` in the patch whose top left pixel is at `place`. */
function combinedVariance(
  exposures: readonly Grid[],
  shares: Float64Array,
  { x, y }: Place,
): number {
  patch.fill(0);
  for (let k = 0; k < shares.length; k++) {
    const share = shares[k] as number;
    const grid = exposures[k];
    if (share === 0 || grid === undefined) continue;
    const { width, data } = grid;
    let into = 0;
    for (let j = 0; j < SIDE; j++) {
      const from = (y + j) * width + x;
      for (let i = 0; i < SIDE; i++, into++)
        patch[into] = (patch[into] as number) + share * (data[from + i] as number);
    }
  }
  let mean = 0;
  let square = 0;
  for (let j = 0, at = 0; j < SIDE; j++) {
    for (let i = 0; i < SIDE; i++, at++) {
      const weight = (WINDOW[i] as number) * (WINDOW[j] as number);
      const value = patch[at] as number;
      mean += weight * value;
      square += weight * value * value;
    }
  }
  return Math.max(0, square - mean * mean);
}

/** Under the window, for every whole patch. */
function covariance(a: Measured, b: Measured): Float64Array {
  const product = createGrid(a.grid.width, a.grid.height);
  for (let i = 0; i < product.data.length; i++)
    product.data[i] = (a.grid.data[i] as number) * (b.grid.data[i] as number);
  const { data } = windowMean(product);
  for (let i = 0; i < data.length; i++)
    data[i] = (data[i] as number) - (a.mean.data[i] as number) * (b.mean.data[i] as number);
  return data;
}

/** A grid and its mean under the window. */
type Measured = { readonly grid: Grid; readonly mean: Grid };

function measured(grid: Grid): Measured {
  return { grid, mean: windowMean(grid) };
}

/** Mean under the window, for every whole patch: 10 pixels less each way. */
function windowMean({ width, height, data }: Grid): Grid {
  const inner = width - SIDE + 1;
  const rows = createGrid(inner, height);
  for (let y = 0; y < height; y++)
    addShifted(rows.data, y * inner, { from: data, at: y * width, step: 1, count: inner });
  const out = createGrid(inner, height - SIDE + 1);
  for (let y = 0; y < out.height; y++)
    addShifted(out.data, y * inner, { from: rows.data, at: y * inner, step: inner, count: inner });
  return out;
}

/** into[i] += sum_k WINDOW[k] * from[i + k * step] */
function addShifted(
  into: Float64Array,
  start: number,
  { from, at, step, count }: { from: Float64Array; at: number; step: number; count: number },
): void {
  for (let k = 0; k < SIDE; k++) {
    const weight = WINDOW[k] as number;
    const first = at + k * step;
    for (let i = 0; i < count; i++)
      into[start + i] = (into[start + i] as number) + weight * (from[first + i] as number);
  }
}

/** One dimension of the window, which is separable. */
function gaussianWindow(side: number, sigma: number): Float64Array {
  const window = Float64Array.from({ length: side }, (_, i) =>
    Math.exp(-((i - (side - 1) / 2) ** 2) / (2 * sigma * sigma)),
  );
  const sum = window.reduce((total, value) => total + value, 0);
  return window.map((value) => value / sum);
}

function greyGrid(codes: Uint8Array, { width, height }: { width: number; height: number }): Grid {
  const grid = createGrid(width, height);
  const [red, green, blue] = GREY;
  for (let i = 0; i < grid.data.length; i++)
    grid.data[i] =
      red * (codes[3 * i] as number) +
      green * (codes[3 * i + 1] as number) +
      blue * (codes[3 * i + 2] as number);
  return grid;
}

/** Means of 2 x 2 pixels. An odd last row or column is left out. */
function halve({ width, height, data }: Grid): Grid {
  const out = createGrid(width >> 1, height >> 1);
  for (let y = 0; y < out.height; y++) {
    for (let x = 0; x < out.width; x++) {
      const at = 2 * y * width + 2 * x;
      out.data[y * out.width + x] =
        ((data[at] as number) +
          (data[at + 1] as number) +
          (data[at + width] as number) +
          (data[at + width + 1] as number)) /
        4;
    }
  }
  return out;
}

function sumOf(grids: readonly Grid[]): Grid {
  const [first] = grids;
  const sum = createGrid(first?.width ?? 0, first?.height ?? 0);
  for (const { data } of grids)
    for (let i = 0; i < data.length; i++)
      sum.data[i] = (sum.data[i] as number) + (data[i] as number);
  return sum;
}

function createGrid(width: number, height: number): Grid {
  return { width, height, data: new Float64Array(width * height) };
}
