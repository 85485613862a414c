import type { Homography } from '../plan/plan.ts';
import { followedBy, inverted, moved } from './homography.ts';
import type { Track } from './track.ts';

type Size = { readonly width: number; readonly height: number };

export type Fit = {
  readonly homography: Homography;
  /** Share 0..1 that each track had in the fit. */
  readonly weights: Float64Array;
  /** The spread, in pixels, that the better tracks turned out to have. */
  readonly spread: number;
  /** Root mean square over the frame of the standard deviation of the place, in pixels. */
  readonly uncertainty: number;
};

export type FitSettings = {
  readonly start: Homography;
  /**
   * Standard deviation in pixels of what no homography explains (depth, lens, rounding): how much may
   * be expected at first, and the least that is ever believed.
   */
  readonly spread: { readonly first: number; readonly least: number };
};

const ROUNDS = 14;
const PARAMETERS = 8;

/** Tracks further off than this many standard deviations hardly count. */
const TOLERANCE = 3;

/**
 * The spread is such that this share of the squared distances lies below the value that a chi-squared
 * variable with two degrees of freedom has there, -2 ln(1 - share). Less than half, for false tracks.
 */
const BETTER_SHARE = 0.4;
const BETTER_DISTANCE = -2 * Math.log(1 - BETTER_SHARE);

/** The spread changes by these factors at most from one round to the next. */
const [SHRINK, GROW] = [0.5, 1.5];

/**
 * What cameras do, as standard deviations of what each does to a corner, in typical displacements of this
 * pair: a camera that was hardly moved was hardly turned or tilted either. It decides only what the
 * tracks leave open, say the walls of an exposure that shows nothing but the window.
 */
const EXPECTED = { shift: 100, turn: 1, zoom: 1, stretch: 0.3, shear: 0.3, tilt: 1 };

/** The least typical displacement that is assumed, in pixels. */
const LEAST_MOTION = 1;

/**
 * Homography through tracks, each with its information matrix: Gauss-Newton with Geman-McClure weights,
 * from a wide spread to the one the tracks have (graduated non-convexity, Black & Rangarajan, IJCV
 * 19(1), 1996), so that a third of false tracks does no harm and nothing is drawn at random.
 */
export function fitHomography(tracks: readonly Track[], size: Size, settings: FitSettings): Fit {
  const unit = unitOf(size);
  const half = Math.hypot(size.width, size.height) / 2;
  const rows = tracks.map((track) => rowOf(track, unit));
  const state: State = {
    parameters: parametersOf(followedBy(followedBy(unit.back, settings.start), unit.to)),
    weights: new Float64Array(tracks.length),
    distances: new Float64Array(tracks.length),
    normal: new Float64Array(PARAMETERS * PARAMETERS),
    right: new Float64Array(PARAMETERS),
  };
  const motion = typicalMotion(tracks) / half;
  let { first: spread } = settings.spread;
  for (let round = 0; round < ROUNDS; round++) {
    weighAndSum(rows, state, { half, spread, motion });
    const step = solveSymmetric(state.normal.slice(), state.right.slice());
    for (let i = 0; i < PARAMETERS; i++)
      state.parameters[i] = (state.parameters[i] as number) + (step[i] as number);
    if (round < ROUNDS - 1) spread = nextSpread(spread, state.distances, settings.spread);
  }
  const inside = homographyOf(state.parameters);
  const homography = followedBy(followedBy(unit.to, inside), unit.back);
  const uncertainty = half * uncertaintyOf(state.normal, unit);
  return { homography, weights: state.weights, spread, uncertainty };
}

/** Median displacement in pixels. */
function typicalMotion(tracks: readonly Track[]): number {
  const lengths = Float64Array.from(tracks, ({ x, y, toX, toY }) => Math.hypot(toX - x, toY - y));
  return Math.max(LEAST_MOTION, lengths.sort()[lengths.length >> 1] ?? 0);
}

function nextSpread(
  spread: number,
  distances: Float64Array,
  { first, least }: FitSettings['spread'],
): number {
  const better = distances.slice().sort()[Math.floor(distances.length * BETTER_SHARE)] ?? 0;
  const factor = Math.min(GROW, Math.max(SHRINK, Math.sqrt(better / BETTER_DISTANCE)));
  return Math.min(first, Math.max(least, spread * factor));
}

/** How far a track lies off a homography, in standard deviations, when `spread` pixels are nothing unusual. */
export function distanceOf(track: Track, homography: Homography, spread: number): number {
  const { x, y } = moved(homography, track.x, track.y);
  const [ex, ey] = [track.toX - x, track.toY - y];
  const [xx, xy, yy] = withSpread(track.information, spread);
  return Math.sqrt(xx * ex * ex + 2 * xy * ex * ey + yy * ey * ey);
}

/** From pixels to half diagonals around the centre, and back. */
type Unit = {
  readonly to: Homography;
  readonly back: Homography;
  readonly corner: readonly [number, number];
};

function unitOf({ width, height }: Size): Unit {
  const half = Math.hypot(width, height) / 2;
  const to: Homography = [1 / half, 0, -width / 2 / half, 0, 1 / half, -height / 2 / half, 0, 0, 1];
  return { to, back: inverted(to), corner: [width / 2 / half, height / 2 / half] };
}

/** A track with its places in half diagonals and its information in pixels. */
type Row = {
  readonly x: number;
  readonly y: number;
  readonly toX: number;
  readonly toY: number;
  readonly information: Track['information'];
};

function rowOf({ x, y, toX, toY, information }: Track, unit: Unit): Row {
  const [from, to] = [moved(unit.to, x, y), moved(unit.to, toX, toY)];
  return { x: from.x, y: from.y, toX: to.x, toY: to.y, information };
}

/** What changes from round to round. */
type State = {
  readonly parameters: number[];
  readonly weights: Float64Array;
  /** Squared, in standard deviations. */
  readonly distances: Float64Array;
  readonly normal: Float64Array;
  readonly right: Float64Array;
};

/** Information left when independent noise of `spread` is added: (I^-1 + s^2)^-1 = (1 + s^2 I)^-1 I. */
export function withSpread(
  [xx, xy, yy]: Track['information'],
  spread: number,
): readonly [number, number, number] {
  const s = spread * spread;
  const determinant = xx * yy - xy * xy;
  const below = 1 + s * (xx + yy) + s * s * determinant;
  return [(xx + s * determinant) / below, xy / below, (yy + s * determinant) / below];
}

function parametersOf(h: Homography): number[] {
  return [h[0] - 1, h[1], h[2], h[3], h[4] - 1, h[5], h[6], h[7]];
}

function homographyOf(p: readonly number[]): Homography {
  const [a, b, c, d, e, f, g, h] = p as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return [1 + a, b, c, d, 1 + e, f, g, h, 1];
}

/** Pixels per unit, spread in pixels, typical displacement in units. */
type Scales = { readonly half: number; readonly spread: number; readonly motion: number };

/** Weighs every track at the present parameters and sums up the normal equations of the next step. */
function weighAndSum(rows: readonly Row[], state: State, { half, spread, motion }: Scales): void {
  const { normal, right, parameters } = state;
  expectLittle(state, motion);
  const [jx, jy] = [new Float64Array(PARAMETERS), new Float64Array(PARAMETERS)];
  const h = homographyOf(parameters);
  for (let k = 0; k < rows.length; k++) {
    const { x, y, toX, toY, information } = rows[k] as Row;
    const w = 1 / (h[6] * x + h[7] * y + 1);
    const px = (h[0] * x + h[1] * y + h[2]) * w;
    const py = (h[3] * x + h[4] * y + h[5]) * w;
    const [ex, ey] = [(toX - px) * half, (toY - py) * half];
    const [ixx, ixy, iyy] = withSpread(information, spread);
    const distance = ixx * ex * ex + 2 * ixy * ex * ey + iyy * ey * ey;
    const weight = (1 + distance / (TOLERANCE * TOLERANCE)) ** -2;
    state.distances[k] = distance;
    state.weights[k] = weight;
    jx[0] = jy[3] = x * w;
    jx[1] = jy[4] = y * w;
    jx[2] = jy[5] = w;
    jx[6] = -px * x * w;
    jx[7] = -px * y * w;
    jy[6] = -py * x * w;
    jy[7] = -py * y * w;
    const unit = weight * half;
    for (let i = 0; i < PARAMETERS; i++) {
      const s = (ixx * (jx[i] as number) + ixy * (jy[i] as number)) * unit;
      const t = (ixy * (jx[i] as number) + iyy * (jy[i] as number)) * unit;
      right[i] = (right[i] as number) + s * ex + t * ey;
      for (let j = i; j < PARAMETERS; j++) {
        const at = i * PARAMETERS + j;
        const product = s * (jx[j] as number) + t * (jy[j] as number);
        normal[at] = (normal[at] as number) + product * half;
      }
    }
  }
  for (let i = 1; i < PARAMETERS; i++)
    for (let j = 0; j < i; j++) normal[i * PARAMETERS + j] = normal[j * PARAMETERS + i] as number;
}

/** Each is a combination of the parameters that is expected to be 0, and by how much it may differ, in typical displacements. */
const EXPECTATIONS: readonly (readonly [combination: readonly number[], deviation: number])[] = [
  [[0, 0, 1, 0, 0, 0, 0, 0], EXPECTED.shift],
  [[0, 0, 0, 0, 0, 1, 0, 0], EXPECTED.shift],
  [[0, -0.5, 0, 0.5, 0, 0, 0, 0], EXPECTED.turn],
  [[0.5, 0, 0, 0, 0.5, 0, 0, 0], EXPECTED.zoom],
  [[0.5, 0, 0, 0, -0.5, 0, 0, 0], EXPECTED.stretch],
  [[0, 0.5, 0, 0.5, 0, 0, 0, 0], EXPECTED.shear],
  [[0, 0, 0, 0, 0, 0, 1, 0], EXPECTED.tilt],
  [[0, 0, 0, 0, 0, 0, 0, 1], EXPECTED.tilt],
];

/** Begins the normal equations with what is expected without any track. */
function expectLittle({ parameters: p, normal, right }: State, motion: number): void {
  normal.fill(0);
  right.fill(0);
  for (const [combination, deviation] of EXPECTATIONS) {
    const weight = 1 / (deviation * motion) ** 2;
    const value = combination.reduce((sum, share, i) => sum + share * (p[i] as number), 0);
    for (let i = 0; i < PARAMETERS; i++) {
      const share = weight * (combination[i] as number);
      right[i] = (right[i] as number) - share * value;
      for (let j = 0; j < PARAMETERS; j++) {
        const at = i * PARAMETERS + j;
        normal[at] = (normal[at] as number) + share * (combination[j] as number);
      }
    }
  }
}

/** Solves `matrix * x = right` for a symmetric positive matrix by Cholesky's factors; both are overwritten. */
function solveSymmetric(matrix: Float64Array, right: Float64Array): Float64Array {
  const n = right.length;
  for (let j = 0; j < n; j++) {
    for (let i = j; i < n; i++) {
      let sum = matrix[i * n + j] as number;
      for (let k = 0; k < j; k++)
        sum -= (matrix[i * n + k] as number) * (matrix[j * n + k] as number);
      matrix[i * n + j] =
        i === j ? Math.sqrt(Math.max(sum, 1e-300)) : sum / (matrix[j * n + j] as number);
    }
  }
  for (let i = 0; i < n; i++) {
    let sum = right[i] as number;
    for (let k = 0; k < i; k++) sum -= (matrix[i * n + k] as number) * (right[k] as number);
    right[i] = sum / (matrix[i * n + i] as number);
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = right[i] as number;
    for (let k = i + 1; k < n; k++) sum -= (matrix[k * n + i] as number) * (right[k] as number);
    right[i] = sum / (matrix[i * n + i] as number);
  }
  return right;
}

/** Standard deviation of a place, root mean square over a few places, in half diagonals. */
function uncertaintyOf(normal: Float64Array, { corner }: Unit): number {
  const [right, bottom] = corner;
  let [sum, count] = [0, 0];
  for (const v of [-0.9, 0, 0.9]) {
    for (const u of [-0.9, 0, 0.9]) {
      const [x, y] = [u * right, v * bottom];
      for (const direction of [
        [x, y, 1, 0, 0, 0, -x * x, -x * y],
        [0, 0, 0, x, y, 1, -x * y, -y * y],
      ]) {
        const solved = solveSymmetric(Float64Array.from(normal), Float64Array.from(direction));
        sum += solved.reduce((total, value, i) => total + value * (direction[i] as number), 0);
      }
      count++;
    }
  }
  return Math.sqrt(sum / count);
}
