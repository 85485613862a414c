import { percentile } from '../pixels/measure.ts';
import { createPlane, type Plane } from '../pixels/picture.ts';
import { makeRise } from '../pixels/rising.ts';
import type { Homography } from '../plan/plan.ts';
import { moved } from './homography.ts';

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
  for (let y = 0; y < reference.height; y += STRIDE) {
    for (let x = 0; x < reference.width; x += STRIDE) {
      const at = moved(toFrame, x + 0.5, y + 0.5);
      const [column, row] = [Math.floor(at.x), Math.floor(at.y)];
      if (!(column >= 0 && row >= 0 && column < frame.width && row < frame.height)) continue;
      const here = reference.data[y * reference.width + x] as number;
      const there = frame.data[row * frame.width + column] as number;
      const [high, low] = brighter === reference ? [here, there] : [there, here];
      const from = classOf(high);
      const into = from * CLASSES + classOf(Math.sqrt(Math.max(0, low)));
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

/** A plane through a transfer, linear between its values. */
export function transferred(plane: Plane, curve: Float32Array): Plane {
  const table = new Float32Array(FINENESS + 1);
  const last = curve.length - 1;
  for (let i = 0; i <= FINENESS; i++) {
    // Class k holds the values around (k + 0.5) / CLASSES.
    const at = Math.min(last, Math.max(0, (i / FINENESS) * curve.length - 0.5));
    const k = Math.min(last - 1, Math.floor(at));
    const low = curve[k] as number;
    table[i] = low + (at - k) * ((curve[k + 1] as number) - low);
  }
  const out = createPlane(plane.width, plane.height);
  // Luma is 0..1.
  for (let i = 0; i < plane.data.length; i++)
    out.data[i] = table[((plane.data[i] as number) * FINENESS + 0.5) | 0] as number;
  return out;
}
