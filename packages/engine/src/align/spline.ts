import type { Plane } from '../pixels/picture.ts';

/**
 * Reading planes through the cubic B-spline (Unser, "Splines: A Perfect Fit for Signal and Image
 * Processing", 1999) without its prefilter, that is, slightly smoothed: its weights have the same
 * variance (1/3 pixel^2) wherever between the pixels one reads, so that comparing a place on the grid
 * with one beside it does not favour whole-pixel shifts, as linear interpolation does.
 */

/** A parallelogram of samples: sample (i, j) lies at (x + i * ax + j * bx, y + i * ay + j * by). */
export type Grid = {
  /** Of the first sample, in pixels, corner-based. */
  readonly x: number;
  readonly y: number;
  readonly ax: number;
  readonly ay: number;
  readonly bx: number;
  readonly by: number;
  /** Samples per side. */
  readonly side: number;
};

/** @returns false when some of the grid lies outside (`into` is unchanged then) */
export function readGrid(plane: Plane, grid: Grid, into: Float32Array): boolean {
  const { x, y, ax, ay, bx, by, side } = grid;
  if (!isInside(plane, grid)) return false;
  if (ax === 1 && ay === 0 && bx === 0 && by === 1) {
    readSquare(plane, grid, into);
    return true;
  }
  const { width, data } = plane;
  let to = 0;
  for (let j = 0; j < side; j++) {
    let px = x + j * bx - 0.5;
    let py = y + j * by - 0.5;
    for (let i = 0; i < side; i++, px += ax, py += ay) {
      // Not negative: inside by a pixel.
      const left = px | 0;
      const top = py | 0;
      const s = px - left;
      const t = py - top;
      const s1 = 1 - s;
      const t1 = 1 - t;
      const u0 = s1 * s1 * s1;
      const u1 = 4 + s * s * (3 * s - 6);
      const u3 = s * s * s;
      const u2 = 6 - u0 - u1 - u3;
      const v0 = t1 * t1 * t1;
      const v1 = 4 + t * t * (3 * t - 6);
      const v3 = t * t * t;
      const v2 = 6 - v0 - v1 - v3;
      const a = (top - 1) * width + left - 1;
      const b = a + width;
      const c = b + width;
      const d = c + width;
      into[to++] =
        (v0 *
          (u0 * (data[a] as number) +
            u1 * (data[a + 1] as number) +
            u2 * (data[a + 2] as number) +
            u3 * (data[a + 3] as number)) +
          v1 *
            (u0 * (data[b] as number) +
              u1 * (data[b + 1] as number) +
              u2 * (data[b + 2] as number) +
              u3 * (data[b + 3] as number)) +
          v2 *
            (u0 * (data[c] as number) +
              u1 * (data[c + 1] as number) +
              u2 * (data[c + 2] as number) +
              u3 * (data[c + 3] as number)) +
          v3 *
            (u0 * (data[d] as number) +
              u1 * (data[d + 1] as number) +
              u2 * (data[d + 2] as number) +
              u3 * (data[d + 3] as number))) /
        36;
    }
  }
  return true;
}

/** The same where all samples lie beside their pixels in one way: first across, then down. */
function readSquare(
  { width, data }: Plane,
  { x, y, side }: Pick<Grid, 'x' | 'y' | 'side'>,
  into: Float32Array,
): void {
  const left = (x - 0.5) | 0;
  const top = (y - 0.5) | 0;
  const s = x - 0.5 - left;
  const t = y - 0.5 - top;
  const u0 = ((1 - s) * (1 - s) * (1 - s)) / 6;
  const u1 = (4 + s * s * (3 * s - 6)) / 6;
  const u3 = (s * s * s) / 6;
  const u2 = 1 - u0 - u1 - u3;
  const v0 = ((1 - t) * (1 - t) * (1 - t)) / 6;
  const v1 = (4 + t * t * (3 * t - 6)) / 6;
  const v3 = (t * t * t) / 6;
  const v2 = 1 - v0 - v1 - v3;
  if (rows.length < side * (side + 3)) rows = new Float64Array(side * (side + 3));
  let to = 0;
  for (let j = 0; j < side + 3; j++) {
    const begin = (top - 1 + j) * width + left - 1;
    for (let at = begin; at < begin + side; at++)
      rows[to++] =
        u0 * (data[at] as number) +
        u1 * (data[at + 1] as number) +
        u2 * (data[at + 2] as number) +
        u3 * (data[at + 3] as number);
  }
  for (let i = 0; i < side * side; i++)
    into[i] =
      v0 * (rows[i] as number) +
      v1 * (rows[i + side] as number) +
      v2 * (rows[i + 2 * side] as number) +
      v3 * (rows[i + 3 * side] as number);
}

/** Kept from block to block: its rows, read across. */
let rows = new Float64Array(0);

function isInside({ width, height }: Plane, { x, y, ax, ay, bx, by, side }: Grid): boolean {
  const last = side - 1;
  const left = x + Math.min(0, ax * last) + Math.min(0, bx * last);
  const right = x + Math.max(0, ax * last) + Math.max(0, bx * last);
  const top = y + Math.min(0, ay * last) + Math.min(0, by * last);
  const bottom = y + Math.max(0, ay * last) + Math.max(0, by * last);
  return left >= 1.5 && top >= 1.5 && right < width - 2.5 && bottom < height - 2.5;
}
