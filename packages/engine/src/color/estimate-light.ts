import { CELL, type ColorCells, colorCells, SPAN } from './color-cells.ts';
import { type Light, lightFrom, NEUTRAL, tintOf, warmthOf } from './light.ts';
import type { SceneChroma } from './scene-chroma.ts';
import { BANDS, writeLogDensities } from './surface-prior.ts';

export type LightEstimate = {
  readonly light: Light;
  /** Standard deviations of the estimate in stops, along warmth and tint. */
  readonly warmthSigma: number;
  readonly tintSigma: number;
  /** The picture shows sky and leaves: what colour its light has is the weather's, and the hour's. */
  readonly outdoors: boolean;
};

/** Lights considered, in cells each side of neutral. */
const REACH_RED = 24;
const REACH_BLUE = 36;
/** Every how many cells one is considered at first. */
const STEP = 2;
/** Lights e^8 times less likely than the likeliest do not matter. */
const IN_THE_RUNNING = 8;
/** Lights more green or magenta than this, in stops, do not exist in houses. */
const MAX_TINT = 0.45;

/** Most photos arrive balanced to within the narrow sigma (stops), the others anyhow. */
const NARROW = 0.055;
const WIDE = 0.75;
const WIDE_SHARE = 0.3;
const TINT_NARROW = 0.03;
const TINT_WIDE = 0.3;
const TINT_WIDE_SHARE = 0.26;

/** The log densities of surfaces over all that a cell can be away from a light. */
const COLUMNS = 2 * (SPAN + REACH_RED) + 1;
const ROWS = 2 * (SPAN + REACH_BLUE) + 1;
let densities: Float32Array | null = null;

/**
 * The light that makes the picture's colours most like those of ordinary surfaces: the mean of the
 * posterior over all lights of houses. Fully determined by the pixels; no state but a table.
 */
export function estimateLight(chroma: SceneChroma): LightEstimate {
  const cells = colorCells(chroma);
  if (cells.count === 0)
    return { light: NEUTRAL, warmthSigma: WIDE, tintSigma: TINT_WIDE, outdoors: false };
  densities ??= tabulateDensities();
  const judge = createJudge(cells, densities);
  const coarse: Candidate[] = [];
  for (let blue = -REACH_BLUE; blue <= REACH_BLUE; blue += STEP)
    for (let red = -REACH_RED; red <= REACH_RED; red += STEP)
      if (Math.abs(tintOf(lightAt(red, blue))) <= MAX_TINT) coarse.push(judge(red, blue));
  return { ...posterior(refined(coarse, judge)), outdoors: cells.outdoors };
}

/** A light, in cells, and the log of how likely it is. */
type Candidate = { readonly red: number; readonly blue: number; readonly log: number };
type JudgeLight = (red: number, blue: number) => Candidate;

function createJudge(cells: ColorCells, table: Float32Array): JudgeLight {
  const { count, weight } = cells;
  const places = placesOf(cells);
  return (red, blue) => {
    const shift = blue * COLUMNS + red;
    let log = logPrior(lightAt(red, blue));
    for (let k = 0; k < count; k++)
      log += (weight[k] as number) * (table[(places[k] as number) - shift] as number);
    return { red, blue, log };
  };
}

/** Every cell around the lights that are left in the running: the peak is narrower than a step. */
function refined(coarse: readonly Candidate[], judge: JudgeLight): readonly Candidate[] {
  const best = coarse.reduce((a, b) => (b.log > a.log ? b : a));
  const fine = new Map<number, Candidate>();
  for (const { red, blue, log } of coarse) {
    if (log < best.log - IN_THE_RUNNING) continue;
    for (let db = 1 - STEP; db < STEP; db++) {
      for (let dr = 1 - STEP; dr < STEP; dr++) {
        const [r, b] = [red + dr, blue + db];
        if (Math.abs(r) > REACH_RED || Math.abs(b) > REACH_BLUE) continue;
        const key = b * COLUMNS + r;
        if (!fine.has(key)) fine.set(key, judge(r, b));
      }
    }
  }
  return [...fine.values()];
}

function lightAt(red: number, blue: number): Light {
  return { red: red * CELL, blue: blue * CELL };
}

/** Where each cell's density under a neutral light is in the table. */
function placesOf(cells: ColorCells): Int32Array {
  const places = new Int32Array(cells.count);
  for (let k = 0; k < cells.count; k++)
    places[k] =
      (cells.band[k] as number) * COLUMNS * ROWS +
      ((cells.blue[k] as number) + SPAN + REACH_BLUE) * COLUMNS +
      (cells.red[k] as number) +
      SPAN +
      REACH_RED;
  return places;
}

function logPrior(light: Light): number {
  const [warmth, tint] = [warmthOf(light), tintOf(light)];
  return (
    Math.log((1 - WIDE_SHARE) * bell(warmth, NARROW) + WIDE_SHARE * bell(warmth, WIDE)) +
    Math.log(
      (1 - TINT_WIDE_SHARE) * bell(tint, TINT_NARROW) + TINT_WIDE_SHARE * bell(tint, TINT_WIDE),
    )
  );
}

function bell(value: number, sigma: number): number {
  return Math.exp(-0.5 * (value / sigma) ** 2) / sigma;
}

function posterior(candidates: readonly Candidate[]): Omit<LightEstimate, 'outdoors'> {
  const best = candidates.reduce((top, { log }) => Math.max(top, log), Number.NEGATIVE_INFINITY);
  let [total, warmth, tint, warmth2, tint2] = [0, 0, 0, 0, 0];
  for (const { red, blue, log } of candidates) {
    const light = lightAt(red, blue);
    const p = Math.exp(log - best);
    const [w, t] = [warmthOf(light), tintOf(light)];
    total += p;
    warmth += p * w;
    tint += p * t;
    warmth2 += p * w * w;
    tint2 += p * t * t;
  }
  const [meanWarmth, meanTint] = [warmth / total, tint / total];
  return {
    light: lightFrom(meanWarmth, meanTint),
    warmthSigma: Math.sqrt(Math.max(0, warmth2 / total - meanWarmth ** 2)),
    tintSigma: Math.sqrt(Math.max(0, tint2 / total - meanTint ** 2)),
  };
}

function tabulateDensities(): Float32Array {
  const table = new Float32Array(BANDS * ROWS * COLUMNS);
  for (let row = 0; row < ROWS; row++) {
    for (let column = 0; column < COLUMNS; column++) {
      const red = (column - SPAN - REACH_RED) * CELL;
      const blue = (row - SPAN - REACH_BLUE) * CELL;
      const at = row * COLUMNS + column;
      writeLogDensities(red, blue, { into: table, at, stride: ROWS * COLUMNS });
    }
  }
  return table;
}
