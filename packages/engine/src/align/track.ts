import type { Plane } from '../pixels/picture.ts';
import type { Homography } from '../plan/plan.ts';
import { moved, slopeAt } from './homography.ts';
import { readGrid } from './spline.ts';

/** A block of the reference found again in a frame. Places are block centres in pixels of the planes. */
export type Track = {
  readonly x: number;
  readonly y: number;
  readonly toX: number;
  readonly toY: number;
  /** Inverse covariance of the place found, 1/pixel^2: [xx, xy, yy]. */
  readonly information: readonly [number, number, number];
  /** Of the block's values with those of the place found, -1..1. */
  readonly correlation: number;
};

/** Where a block is looked for: a place in the reference and how far beside the guess it may lie. */
export type Spot = {
  readonly x: number;
  readonly y: number;
  readonly dx: number;
  readonly dy: number;
};

export type TrackJob = {
  readonly reference: Plane;
  readonly frame: Plane;
  readonly guess: Homography;
  /** Half the side of a block, in pixels. */
  readonly radius: number;
  readonly rounds: number;
  /** Blocks that end further from where they began are lost. */
  readonly leash: number;
};

/** A step this small (pixels) is the end of the search. */
const STILL = 0.01;

/** Share of the texture added in both directions, so that a block on a bare edge does not slide along it. */
const RIDGE = 0.01;

/** The spline makes neighbours alike: so many samples tell as much as one independent one. */
const SMOOTHED = 3;

/**
 * Finds blocks by inverse-compositional steps (Baker & Matthews, "Lucas-Kanade 20 Years On", IJCV 56(3),
 * 2004) with a gain and an offset per block, as the enhanced correlation coefficient does for whole
 * pictures (Evangelidis & Psarakis, PAMI 30(10), 2008): exposure and tone curve are straight lines over a
 * small block. Blocks are read along the guess's local slope, so that turned frames fit as well.
 */
export function trackBlocks(job: TrackJob, spots: readonly Spot[]): Track[] {
  const template = createTemplate(job.radius);
  const found: Track[] = [];
  for (const spot of spots) {
    if (!readTemplate(job.reference, spot, template)) continue;
    const track = trackOne(job, spot, template);
    if (track !== null) found.push(track);
  }
  return found;
}

/** Values of a block, mean removed, their slopes, and the sums of products that every step needs. */
type Template = {
  readonly radius: number;
  readonly side: number;
  readonly rim: Float32Array;
  readonly values: Float32Array;
  readonly slopeX: Float32Array;
  readonly slopeY: Float32Array;
  /** Sums of products: vv, vx, vy, xx, xy, yy. */
  readonly sums: Float64Array;
  readonly there: Float32Array;
};

function createTemplate(radius: number): Template {
  const side = 2 * radius + 1;
  const area = side * side;
  return {
    radius,
    side,
    rim: new Float32Array((side + 2) ** 2),
    values: new Float32Array(area),
    slopeX: new Float32Array(area),
    slopeY: new Float32Array(area),
    sums: new Float64Array(6),
    there: new Float32Array(area),
  };
}

function readTemplate(plane: Plane, spot: Spot, template: Template): boolean {
  const { radius, side, rim, values, slopeX, slopeY, sums } = template;
  const grid = { x: spot.x - radius - 1, y: spot.y - radius - 1, ax: 1, ay: 0, bx: 0, by: 1 };
  if (!readGrid(plane, { ...grid, side: side + 2 }, rim)) return false;
  const stride = side + 2;
  let at = 0;
  for (let j = 0; j < side; j++) {
    let from = (j + 1) * stride + 1;
    for (let i = 0; i < side; i++, at++, from++) {
      values[at] = rim[from] as number;
      slopeX[at] = 0.5 * ((rim[from + 1] as number) - (rim[from - 1] as number));
      slopeY[at] = 0.5 * ((rim[from + stride] as number) - (rim[from - stride] as number));
    }
  }
  centre(values);
  centre(slopeX);
  centre(slopeY);
  sums.fill(0);
  let [vv, vx, vy, xx, xy, yy] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    const v = values[i] as number;
    const x = slopeX[i] as number;
    const y = slopeY[i] as number;
    vv += v * v;
    vx += v * x;
    vy += v * y;
    xx += x * x;
    xy += x * y;
    yy += y * y;
  }
  sums.set([vv, vx, vy, xx, xy, yy]);
  return vv > 0;
}

/** @returns the variance (sum of squares) that is left */
function centre(values: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] as number;
  const mean = sum / values.length;
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    const value = (values[i] as number) - mean;
    values[i] = value;
    squares += value * value;
  }
  return squares;
}

function trackOne(job: TrackJob, spot: Spot, template: Template): Track | null {
  const { frame, guess, radius, rounds, leash } = job;
  const { side, there } = template;
  const centreAt = moved(guess, spot.x, spot.y);
  const [ax, bx, ay, by] = slopeAt(guess, spot.x, spot.y);
  let [dx, dy] = [spot.dx, spot.dy];
  for (let round = 1; ; round++) {
    const x = centreAt.x + dx - radius * (ax + bx);
    const y = centreAt.y + dy - radius * (ay + by);
    if (!readGrid(frame, { x, y, ax, ay, bx, by, side }, there)) return null;
    const step = solve(template);
    if (step === null) return null;
    const stepX = ax * step.x + bx * step.y;
    const stepY = ay * step.x + by * step.y;
    dx -= stepX;
    dy -= stepY;
    if (Math.hypot(dx - spot.dx, dy - spot.dy) > leash) return null;
    if (round === rounds || Math.hypot(stepX, stepY) < STILL) {
      const [toX, toY] = [centreAt.x + dx, centreAt.y + dy];
      const { information, correlation } = step;
      return { x: spot.x, y: spot.y, toX, toY, information, correlation };
    }
  }
}

type Step = {
  readonly x: number;
  readonly y: number;
  readonly information: readonly [number, number, number];
  readonly correlation: number;
};

/**
 * Least squares of `there = gain * (values + x * slopeX + y * slopeY) + offset`: how far the block that
 * was read lies from the template, in pixels of the reference.
 */
function solve({ values, slopeX, slopeY, sums, there }: Template): Step | null {
  const energy = centre(there);
  let [v, x, y] = [0, 0, 0];
  for (let i = 0; i < there.length; i++) {
    const value = there[i] as number;
    v += value * (values[i] as number);
    x += value * (slopeX[i] as number);
    y += value * (slopeY[i] as number);
  }
  const vv = sums[0] as number;
  const vx = sums[1] as number;
  const vy = sums[2] as number;
  // The gain is eliminated first; what is left is the information about the shift alone.
  const sxx = (sums[3] as number) - (vx * vx) / vv;
  const sxy = (sums[4] as number) - (vx * vy) / vv;
  const syy = (sums[5] as number) - (vy * vy) / vv;
  const ridge = RIDGE * (sxx + syy);
  const determinant = (sxx + ridge) * (syy + ridge) - sxy * sxy;
  if (!(determinant > 0)) return null;
  const [rx, ry] = [x - (vx * v) / vv, y - (vy * v) / vv];
  const px = ((syy + ridge) * rx - sxy * ry) / determinant;
  const py = ((sxx + ridge) * ry - sxy * rx) / determinant;
  const gain = (v - vx * px - vy * py) / vv;
  if (!(gain > 0)) return null;
  const left = Math.max(0, energy - (gain * v + px * x + py * y));
  const variance = (SMOOTHED * left) / (there.length - 4) + 1e-12;
  const scale = (gain * gain) / variance;
  return {
    x: px / gain,
    y: py / gain,
    information: [scale * sxx, scale * sxy, scale * syy],
    correlation: v / Math.sqrt(energy * vv + 1e-20),
  };
}
