import type { Plane } from '../pixels/picture.ts';
import type { Shift } from './median-bitmap.ts';

/** Direction of the edges of an exposure; strong edges all count about the same. */
export type EdgeMap = {
  readonly width: number;
  readonly height: number;
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Sum of squares of both. */
  readonly energy: number;
};

/** Differences (0..1) from here on count about alike, so that exposure matters little. */
const SATURATION = 0.03;

/** Edges to the right and downwards of every pixel. */
export function edgeMap(plane: Plane): EdgeMap {
  const { width, height, data } = plane;
  const [x, y] = [new Float32Array(data.length), new Float32Array(data.length)];
  let energy = 0;
  for (let row = 0; row + 1 < height; row++) {
    for (let at = row * width; at + 1 < (row + 1) * width; at++) {
      const here = data[at] as number;
      const dx = soften((data[at + 1] as number) - here);
      const dy = soften((data[at + width] as number) - here);
      x[at] = dx;
      y[at] = dy;
      energy += dx * dx + dy * dy;
    }
  }
  return { width, height, x, y, energy };
}

/**
 * Correlation (-1..1) of two edge maps when `other` is read at (x + shift.x, y + shift.y): the
 * second opinion to median bitmaps, which smooth gradients of light can fool.
 */
export function edgeAgreement(reference: EdgeMap, other: EdgeMap, shift: Shift): number {
  const { width, height } = reference;
  const right = Math.min(width, other.width - shift.x);
  const bottom = Math.min(height, other.height - shift.y);
  let cross = 0;
  for (let y = Math.max(0, -shift.y); y < bottom; y++) {
    const here = y * width;
    const there = (y + shift.y) * other.width + shift.x;
    for (let x = Math.max(0, -shift.x); x < right; x++) {
      cross +=
        (reference.x[here + x] as number) * (other.x[there + x] as number) +
        (reference.y[here + x] as number) * (other.y[there + x] as number);
    }
  }
  return cross / Math.sqrt(reference.energy * other.energy + 1e-12);
}

function soften(difference: number): number {
  return difference / (Math.abs(difference) + SATURATION);
}
