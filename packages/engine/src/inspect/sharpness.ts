import { percentile } from '../pixels/measure.ts';
import type { Plane } from '../pixels/picture.ts';

/** Gradients (luma per pixel) are told apart in this many steps up to 1, and reach the square root of 2. */
const STEPS = 4096;

/** The gradient that 5 % of the pixels exceed: photos in focus have some strong edges, blurred ones have none. */
export function sharpnessOf({ width, height, data }: Plane): number {
  const histogram = new Uint32Array(Math.ceil(STEPS * Math.SQRT2) + 1);
  for (let y = 0; y + 1 < height; y++) {
    for (let at = y * width; at < y * width + width - 1; at++) {
      const here = data[at] as number;
      const across = (data[at + 1] as number) - here;
      const down = (data[at + width] as number) - here;
      const bin = Math.sqrt(across * across + down * down) * STEPS;
      histogram[bin | 0] = (histogram[bin | 0] as number) + 1;
    }
  }
  return percentile(histogram, 0.95) / STEPS;
}
