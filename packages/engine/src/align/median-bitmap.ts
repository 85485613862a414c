import { percentile } from '../pixels/measure.ts';
import type { Plane } from '../pixels/picture.ts';

/**
 * Median threshold bitmap of Ward, "Fast, Robust Image Registration for Compositing High Dynamic
 * Range Photographs from Hand-Held Exposures", JGT 8(2), 2003: brighter or darker than the median
 * is the same question at every exposure.
 */
export type MedianBitmap = {
  readonly width: number;
  readonly height: number;
  /** 1 above the median, 0 below, 2 too close to it to tell. */
  readonly marks: Uint8Array;
};

/** Values (0..1) this close to the median are left out: noise decides there. */
const EXCLUSION = 4 / 255;

const UNSURE = 2;

export function medianBitmap(plane: Plane): MedianBitmap {
  const bins = 1024;
  const histogram = new Uint32Array(bins);
  for (let i = 0; i < plane.data.length; i++) {
    const bin = Math.min(bins - 1, ((plane.data[i] as number) * bins) | 0);
    histogram[bin] = (histogram[bin] as number) + 1;
  }
  const median = percentile(histogram, 0.5) / bins;
  const marks = new Uint8Array(plane.data.length);
  for (let i = 0; i < marks.length; i++) {
    const distance = (plane.data[i] as number) - median;
    marks[i] = Math.abs(distance) <= EXCLUSION ? UNSURE : distance > 0 ? 1 : 0;
  }
  return { width: plane.width, height: plane.height, marks };
}

export type Shift = { readonly x: number; readonly y: number };

/**
 * How much two bitmaps disagree when `other` is read at (x + shift.x, y + shift.y).
 * @returns share 0..1 of the pixels that both are sure of; 1 when fewer than a tenth are
 */
export function disagreement(reference: MedianBitmap, other: MedianBitmap, shift: Shift): number {
  const { width, height } = reference;
  const left = Math.max(0, -shift.x);
  const right = Math.min(width, other.width - shift.x);
  let [different, sure] = [0, 0];
  for (let y = Math.max(0, -shift.y); y < Math.min(height, other.height - shift.y); y++) {
    const here = y * width;
    const there = (y + shift.y) * other.width + shift.x;
    for (let x = left; x < right; x++) {
      const [a, b] = [reference.marks[here + x] as number, other.marks[there + x] as number];
      if (a === UNSURE || b === UNSURE) continue;
      sure++;
      if (a !== b) different++;
    }
  }
  return sure < 0.1 * width * height ? 1 : different / sure;
}
