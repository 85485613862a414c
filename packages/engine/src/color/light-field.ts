import { createPlane, type Plane } from '../pixels/picture.ts';
import { type Light, tintOf, warmthOf } from './light.ts';
import type { SceneChroma } from './scene-chroma.ts';
import { whiteness, whitePoint } from './surface-prior.ts';

/** Cells on the long side of the grid on which the light is solved for. */
const CELLS = 40;

/** Weights of what the light should agree with: see lightField. */
const DATA = 2;
const SHADING = 20;
const SMOOTH = 0.6;
const NEAR_GLOBAL = 0.002;

/** Neighbouring cells that differ by more stops than this are two surfaces, not one in changing light. */
const SAME_SURFACE = 0.12;

/** Sigma in cells of the last blur: things smaller than a lamp's pool of light are paint after all. */
const BLUR = 2;

/** Share of the blur that even cells with nothing to go by have. */
const LEAST_TRUST = 0.05;

/** Surfaces darker than this (of the brightest) say less of how the light changes. */
const WELL_LIT = 0.25;

/** White surfaces are hardly ever darker than the first, and often brighter than the second. */
const WHITE_FROM = 0.15;
const WHITE_TO = 0.6;

/** Stops a lamp or a window can be away from the light of the whole. */
const COOLEST = -0.7;
const WARMEST = 1;

const ROUNDS = 6;
const SWEEPS = 40;
/** Over-relaxation of Gauss-Seidel. */
const OVER = 1.7;
/** A round is over when no light changes by more than this (stops). */
const SETTLED = 0.0005;

type Cells = {
  readonly width: number;
  readonly height: number;
  /** Warmth and tint of what is seen, in stops from white under the light of the whole. */
  readonly warmth: Float32Array;
  readonly tint: Float32Array;
  /** 0..1: how much of a cell could be measured and is lit well. */
  readonly trust: Float32Array;
  /** 0..1: how much of it is bright enough to be white. */
  readonly bright: Float32Array;
};

export type LightField = {
  /** Stops of warmth of the local light above the light of the whole. */
  readonly warmth: Plane;
  readonly trust: Plane;
};

/**
 * How the light changes over the picture, from the window to the lamp. The two-light model is that of
 * Hsu, Mertens, Paris, Avidan & Durand, "Light Mixture Estimation for Spatially Varying White
 * Balance", SIGGRAPH 2008; what is light and what is paint is told apart as in colour Retinex
 * (Grosse, Johnson, Adelson & Freeman, ICCV 2009): paint changes at edges, light changes slowly over
 * one surface. Least squares, re-weighted: white surfaces are white, slow changes of colour are
 * changes of light, and where nothing is known the light is that of the surroundings.
 */
export function lightField(chroma: SceneChroma, light: Light): LightField {
  const cells = gather(chroma, light);
  const { width, height } = cells;
  const field = createPlane(width, height);
  const data = new Float32Array(width * height);
  const across = shading(cells, 1);
  const down = shading(cells, width);
  for (let round = 0; round < ROUNDS; round++) {
    for (let i = 0; i < data.length; i++) data[i] = dataWeight(cells, i, field.data[i] as number);
    for (let sweep = 0; sweep < SWEEPS; sweep++)
      if (relax(cells, field.data, { data, across, down }) < SETTLED) break;
  }
  return { warmth: blurred(field, cells.trust), trust: { width, height, data: cells.trust } };
}

function gather(chroma: SceneChroma, light: Light): Cells {
  const block = Math.max(1, Math.ceil(Math.max(chroma.width, chroma.height) / CELLS));
  const width = Math.ceil(chroma.width / block);
  const height = Math.ceil(chroma.height / block);
  const cells = {
    width,
    height,
    warmth: new Float32Array(width * height),
    tint: new Float32Array(width * height),
    trust: new Float32Array(width * height),
    bright: new Float32Array(width * height),
  };
  const origin = { red: light.red + whitePoint.red, blue: light.blue + whitePoint.blue };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const bounds = { left: x * block, top: y * block, block };
      const seen = meanChroma(chroma, bounds);
      const i = y * width + x;
      const away = { red: seen.red - origin.red, blue: seen.blue - origin.blue };
      cells.warmth[i] = seen.share > 0 ? warmthOf(away) : 0;
      cells.tint[i] = seen.share > 0 ? tintOf(away) : 0;
      cells.trust[i] = seen.share * Math.min(1, seen.brightness / WELL_LIT);
      const bright = (seen.brightness - WHITE_FROM) / (WHITE_TO - WHITE_FROM);
      cells.bright[i] = seen.share * Math.min(1, Math.max(0, bright));
    }
  }
  return cells;
}

type Seen = Light & { readonly brightness: number; readonly share: number };

function meanChroma(
  { width, height, red, blue, brightness }: SceneChroma,
  { left, top, block }: { left: number; top: number; block: number },
): Seen {
  let [sumRed, sumBlue, sumLight, count] = [0, 0, 0, 0];
  const [right, bottom] = [Math.min(width, left + block), Math.min(height, top + block)];
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const i = y * width + x;
      if (Number.isNaN(red.data[i] as number)) continue;
      sumRed += red.data[i] as number;
      sumBlue += blue.data[i] as number;
      sumLight += brightness.data[i] as number;
      count++;
    }
  }
  const share = count / ((right - left) * (bottom - top));
  const scale = count === 0 ? 0 : 1 / count;
  return { red: sumRed * scale, blue: sumBlue * scale, brightness: sumLight * scale, share };
}

/** For every cell: how surely the next one `step` further is the same surface. */
function shading({ width, height, warmth, tint, trust }: Cells, step: number): Float32Array {
  const weights = new Float32Array(width * height);
  for (let i = 0; i + step < weights.length; i++) {
    if (step === 1 && i % width === width - 1) continue;
    const dw = ((warmth[i] as number) - (warmth[i + step] as number)) / SAME_SURFACE;
    const dt = ((tint[i] as number) - (tint[i + step] as number)) / SAME_SURFACE;
    const sure = Math.min(trust[i] as number, trust[i + step] as number);
    weights[i] = SHADING * sure * Math.exp(-(dw * dw + dt * dt));
  }
  return weights;
}

/** White surfaces pull, under the light found so far. */
function dataWeight({ warmth, tint, bright }: Cells, i: number, light: number): number {
  return DATA * (bright[i] as number) * whiteness((warmth[i] as number) - light, tint[i] as number);
}

type Weights = {
  readonly data: Float32Array;
  readonly across: Float32Array;
  readonly down: Float32Array;
};

/** One sweep. @returns the largest change */
function relax(cells: Cells, field: Float32Array, { data, across, down }: Weights): number {
  const { width, height, warmth } = cells;
  let largest = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const here = warmth[i] as number;
      let total = (data[i] as number) + NEAR_GLOBAL;
      let sum = (data[i] as number) * here;
      for (let side = 0; side < 4; side++) {
        const horizontal = side < 2;
        const forward = side % 2 === 0;
        if (horizontal ? (forward ? x + 1 >= width : x === 0) : forward ? y + 1 >= height : y === 0)
          continue;
        const step = horizontal ? 1 : width;
        const j = forward ? i + step : i - step;
        const shade = (horizontal ? across : down)[forward ? i : j] as number;
        const other = field[j] as number;
        sum += shade * (other + here - (warmth[j] as number)) + SMOOTH * other;
        total += shade + SMOOTH;
      }
      const now = field[i] as number;
      const next = now + OVER * (sum / total - now);
      const bounded = Math.min(WARMEST, Math.max(COOLEST, next));
      largest = Math.max(largest, Math.abs(bounded - now));
      field[i] = bounded;
    }
  }
  return largest;
}

/** Gaussian mean, weighted by trust. */
function blurred(field: Plane, trust: Float32Array): Plane {
  const weight = trust.map((share) => share + LEAST_TRUST);
  const value = field.data.map((warmth, i) => warmth * (weight[i] as number));
  const total = blurBoth({ ...field, data: weight });
  const sums = blurBoth({ ...field, data: value });
  for (let i = 0; i < sums.data.length; i++)
    sums.data[i] = (sums.data[i] as number) / (total.data[i] as number);
  return sums;
}

function blurBoth(plane: Plane): Plane {
  return blurLines(blurLines(plane, 1, plane.width), plane.width, plane.height);
}

/** Along lines of `length` samples that lie `step` apart, cut at the ends. */
function blurLines(plane: Plane, step: number, length: number): Plane {
  const out = createPlane(plane.width, plane.height);
  const reach = Math.ceil(2.5 * BLUR);
  const bell = Array.from({ length: reach + 1 }, (_, k) => Math.exp(-0.5 * (k / BLUR) ** 2));
  for (let i = 0; i < out.data.length; i++) {
    const place = Math.floor(i / step) % length;
    let [sum, total] = [0, 0];
    for (let k = -Math.min(reach, place); k <= Math.min(reach, length - 1 - place); k++) {
      const weight = bell[Math.abs(k)] as number;
      sum += weight * (plane.data[i + k * step] as number);
      total += weight;
    }
    out.data[i] = sum / total;
  }
  return out;
}
