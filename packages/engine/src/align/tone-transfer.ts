import { percentile } from '../pixels/measure.ts';
import { createPlane, type Plane } from '../pixels/picture.ts';
import { makeRise } from '../pixels/rising.ts';
import type { Homography } from '../plan/plan.ts';

/** Classes of the exposure that is mapped, and of the one it is mapped to (by square root: dark ones are many). */
const CLASSES = 256;

/** Every so many pixels are looked at, in each direction. */
const STRIDE = 3;

type Pair = {
  readonly reference: Plane;
  readonly frame: Plane;
  /** Pixel of the reference -> pixel of the frame. */
  readonly toFrame: Homography;
};

/**
 * How bright places of the brighter exposure are in the darker one: luma to luma, `CLASSES` values evenly
 * spaced over 0..1. From the joint histogram of places that lie on each other, median by median, rising.
 */
export function toneTransfer({ reference, frame, toFrame }: Pair, brighter: Plane): Float32Array {
  const counts = new Uint32Array(CLASSES * CLASSES);
  const totals = new Float64Array(CLASSES);
  const [a, b, c, d, e, f, g, h, k] = toFrame;
  const { width, height } = frame;
  const isFirst = brighter === reference;
  for (let y = 0; y < reference.height; y += STRIDE) {
    const v = y + 0.5;
    for (let x = 0; x < reference.width; x += STRIDE) {
      const u = x + 0.5;
      const w = 1 / (g * u + h * v + k);
      const column = Math.floor((a * u + b * v + c) * w);
      const row = Math.floor((d * u + e * v + f) * w);
      if (!(column >= 0 && row >= 0 && column < width && row < height)) continue;
      const here = reference.data[y * reference.width + x] as number;
      const there = frame.data[row * width + column] as number;
      const from = classOf(isFirst ? here : there);
      const into = from * CLASSES + classOf(Math.sqrt(Math.max(0, isFirst ? there : here)));
      counts[into] = (counts[into] as number) + 1;
      totals[from] = (totals[from] as number) + 1;
    }
  }
  const medians = new Float64Array(CLASSES);
  for (let value = 0; value < CLASSES; value++) {
    if (totals[value] === 0) continue;
    const row = counts.subarray(value * CLASSES, (value + 1) * CLASSES);
    medians[value] = (percentile(row, 0.5) / CLASSES) ** 2;
  }
  makeRise(medians, totals);
  return Float32Array.from(medians);
}

function classOf(value: number): number {
  return Math.min(CLASSES - 1, (value * CLASSES) | 0);
}

/** Values that a plane is told apart by when it goes through a transfer. */
const FINENESS = 8192;

/** Side of the squares that are taken through a transfer or left out. */
const TILE = 8;

/** The squares around places, `reach` pixels to each side. */
export type Around = {
  readonly places: readonly { readonly x: number; readonly y: number }[];
  readonly reach: number;
};

/** A plane through a transfer, linear between its values; black where it is not near any of the places. */
export function transferred(plane: Plane, curve: Float32Array, { places, reach }: Around): Plane {
  const table = tableOf(curve);
  const { width, height } = plane;
  const out = createPlane(width, height);
  const columns = Math.ceil(width / TILE);
  const done = new Uint8Array(columns * Math.ceil(height / TILE));
  for (const { x, y } of places) {
    const [left, right] = [Math.max(0, x - reach), Math.min(width - 1, x + reach)];
    const [top, bottom] = [Math.max(0, y - reach), Math.min(height - 1, y + reach)];
    for (let row = Math.floor(top / TILE); row * TILE <= bottom; row++) {
      for (let column = Math.floor(left / TILE); column * TILE <= right; column++) {
        if (done[row * columns + column] !== 0) continue;
        done[row * columns + column] = 1;
        transferTile({ plane, out }, table, { left: column * TILE, top: row * TILE });
      }
    }
  }
  return out;
}

function tableOf(curve: Float32Array): Float32Array {
  const table = new Float32Array(FINENESS + 1);
  const last = curve.length - 1;
  for (let i = 0; i <= FINENESS; i++) {
    // Class k holds the values around (k + 0.5) / CLASSES.
    const at = Math.min(last, Math.max(0, (i / FINENESS) * curve.length - 0.5));
    const k = Math.min(last - 1, Math.floor(at));
    const low = curve[k] as number;
    table[i] = low + (at - k) * ((curve[k + 1] as number) - low);
  }
  return table;
}

function transferTile(
  { plane, out }: { readonly plane: Plane; readonly out: Plane },
  table: Float32Array,
  { left, top }: { readonly left: number; readonly top: number },
): void {
  const { width, height } = plane;
  const [from, into] = [plane.data, out.data];
  const [right, bottom] = [Math.min(width, left + TILE), Math.min(height, top + TILE)];
  for (let y = top; y < bottom; y++)
    // Luma is 0..1.
    for (let at = y * width + left; at < y * width + right; at++)
      into[at] = table[((from[at] as number) * FINENESS + 0.5) | 0] as number;
}
