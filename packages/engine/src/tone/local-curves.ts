import { type Lift, type LocalLight, liftFor, liftShare } from './local-light.ts';
import { smoothLevels, smoothNodes, spreadNodes } from './smooth-nodes.ts';
import { LEVELS, type ToneSurvey } from './survey-tones.ts';

/** What the local curves are made of. */
export type LocalTone = {
  /** Luma to luma over 0..1, the same everywhere. */
  readonly curve: Float32Array;
  readonly light: LocalLight;
  /** The strongest channel that becomes white, 0..1. */
  readonly white: number;
  /** What is done where less light falls. */
  readonly lift: Lift;
  /** Share by which detail is raised. */
  readonly localContrast: number;
};

/**
 * Extent of the base layer: passes of [1 2 1] / 4 over nodes (a Gaussian of one cell) and over levels
 * (of 0.07 luma): what differs by less is detail of one surface, what differs by more is an edge.
 */
const NODE_PASSES = 2;
const LEVEL_PASSES = 10;

/** Weight of "nothing is here" as a share of a node's samples: levels that do not occur keep the curve. */
const DOUBT = 0.01;

/** Cells over which a lift is averaged, a sixth of the photo, and the samples that doubt it. */
const LIFT_REACH = 8;
const LIFT_DOUBT = 0.02;

/** Detail keeps at least this share of its contrast, also where the curve is flat. */
const KEEP = 0.9;

/** No curve is flatter than this, so that no gradient is lost or turned round. */
const LEAST_SLOPE = 0.15;

/** Bounds on how much a pixel is brightened; deep shadows would only gain noise. */
const MAX_GAIN = 4;

/**
 * A tone curve for each node of the grid: LEVELS values over 0..1, rising, 0 stays 0 and 1 stays 1.
 *
 * The curve moves a base layer and lays its detail on top. The base layer of luma v at a node is the
 * mean of the samples around it that are about as bright: a bilateral filter in its grid form (Chen,
 * Paris & Durand, "Real-time Edge-Aware Image Processing with the Bilateral Grid", SIGGRAPH 2007).
 * So a curve that brightens leaves no grey haze and no halos, and all of it is a function of place and
 * value that can be carried to any size.
 */
export function localCurves(survey: ToneSurvey, tone: LocalTone): Float32Array {
  const { columns, rows } = survey;
  const [counts, sums] = [survey.counts.slice(), survey.sums.slice()];
  for (const values of [counts, sums]) {
    smoothNodes(values, { columns, rows, depth: LEVELS }, NODE_PASSES);
    smoothLevels(values, LEVELS, LEVEL_PASSES);
  }
  const lifts = liftsOf(survey, counts, tone);
  const out = new Float32Array(counts.length);
  const base = new Float32Array(LEVELS);
  for (let node = 0; node < columns * rows; node++) {
    const from = node * LEVELS;
    const to = from + LEVELS;
    readBase(counts.subarray(from, to), sums.subarray(from, to), base);
    curveOf(base, { ...tone, lifts: lifts.subarray(from, to) }, out.subarray(from, to));
  }
  return out;
}

/**
 * The lift of each level at each node. It is found from the light at the node and then averaged, over
 * a wide part of the photo, among what is as bright: a dim wall is lifted as a whole, not less and
 * less towards a bright one beside it.
 */
function liftsOf(survey: ToneSurvey, counts: Float32Array, tone: LocalTone): Float32Array {
  const { columns, rows } = survey;
  const moved = Float32Array.from({ length: LEVELS }, (_, k) => at(tone.curve, k / (LEVELS - 1)));
  const own = new Float32Array(counts.length);
  for (let node = 0, i = 0; node < columns * rows; node++) {
    const light = at(tone.curve, tone.light[node] as number);
    const lift = liftFor(light, Math.floor(node / columns) / (rows - 1), tone.lift);
    for (let k = 0; k < LEVELS; k++, i++) own[i] = lift * liftShare(moved[k] as number, light);
  }
  const weights = counts.slice();
  const sums = counts.map((count, i) => count * (own[i] as number));
  for (const values of [weights, sums])
    spreadNodes(values, { columns, rows, depth: LEVELS }, LIFT_REACH);
  return sums.map(
    (sum, i) => (sum + LIFT_DOUBT * (own[i] as number)) / ((weights[i] as number) + LIFT_DOUBT),
  );
}

/** The base layer of each level at one node: the mean of what lies in it. */
function readBase(counts: Float32Array, sums: Float32Array, into: Float32Array): void {
  let total = 1e-6;
  for (let k = 0; k < LEVELS; k++) total += counts[k] as number;
  const doubt = DOUBT * total;
  for (let k = 0; k < LEVELS; k++) {
    const level = k / (LEVELS - 1);
    into[k] = ((sums[k] as number) + doubt * level) / ((counts[k] as number) + doubt);
  }
}

type NodeTone = Pick<LocalTone, 'curve' | 'localContrast' | 'white'> & {
  /** The lift of each level. */
  readonly lifts: Float32Array;
};

function curveOf(base: Float32Array, tone: NodeTone, into: Float32Array): void {
  const least = LEAST_SLOPE / (LEVELS - 1);
  let last = 0;
  for (let k = 0; k < LEVELS; k++) {
    const level = k / (LEVELS - 1);
    const around = Math.min(0.999, Math.max(0.001, base[k] as number));
    const moved = Math.min(0.999, Math.max(0.0005, moveBase(around, k, tone)));
    const slope = (moveBase(around + 0.01, k, tone) - moveBase(around - 0.01, k, tone)) / 0.02;
    const detail = Math.max(slope, KEEP) * (1 + tone.localContrast);
    const wanted = withDetail(level, { around, moved, slope: detail });
    const rising = k === 0 ? 0 : Math.max(wanted, last + least);
    const bounded = Math.min(rising, MAX_GAIN * level, ceilingOf(level, tone.white));
    last = Math.max(last, bounded);
    into[k] = last;
  }
}

/** The base layer after the photo's curve and the lift towards the light wished there. */
function moveBase(value: number, level: number, { curve, lifts }: NodeTone): number {
  const moved = at(curve, value);
  const lift = lifts[level] as number;
  return (moved * (1 + lift)) / (1 + lift * moved);
}

/**
 * Puts a level's distance from its base back on the moved base. It starts with the wished slope and
 * bends to end at black and at white, so that only what was black or white before is so after.
 */
function withDetail(
  level: number,
  base: { readonly around: number; readonly moved: number; readonly slope: number },
): number {
  const { around, moved, slope } = base;
  if (level >= around) {
    const room = 1 - moved;
    return moved + room * bend((level - around) / (1 - around), (slope * (1 - around)) / room);
  }
  return moved - moved * bend((around - level) / around, (slope * around) / moved);
}

/** 0 to 0 and 1 to 1, starting with a slope. */
function bend(share: number, slope: number): number {
  return (slope * share) / (1 + (slope - 1) * share);
}

/** Of the distance to white all stays in the highest thirty-second, and this much further down. */
const KEPT_NEAR_WHITE = 1;
const KEPT_BELOW = 0.3;

/**
 * How bright a level may become: what was not white in an 8-bit file (254 or 255) is not white after.
 * The white of a photo without any is brought up to about 247.
 */
function ceilingOf(level: number, white: number): number {
  const gap = 1 - level;
  const near = Math.max(1 / (LEVELS - 1), 1 - white);
  const kept = Math.min(KEPT_NEAR_WHITE, KEPT_NEAR_WHITE / (LEVELS - 1) / near);
  return 1 - kept * Math.min(gap, near) - KEPT_BELOW * Math.max(0, gap - near);
}

/** A table over 0..1 at a value, which may lie outside. */
function at(table: Float32Array, value: number): number {
  const last = table.length - 1;
  const position = Math.min(1, Math.max(0, value)) * last;
  const index = Math.min(last - 1, position | 0);
  const here = table[index] as number;
  return here + (position - index) * ((table[index + 1] as number) - here);
}
