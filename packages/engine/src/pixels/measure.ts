import type { Plane } from './picture.ts';

const known = new WeakMap<Plane, number>();

/** Mean of a plane that nobody writes to any more: several steps ask for that of the same exposure. */
export function meanOf(plane: Plane): number {
  const before = known.get(plane);
  if (before !== undefined) return before;
  let sum = 0;
  for (let i = 0; i < plane.data.length; i++) sum += plane.data[i] as number;
  const mean = sum / plane.data.length;
  known.set(plane, mean);
  return mean;
}

/**
 * Value below which `share` (0..1) of a histogram lies, in bins, interpolated inside the bin.
 * An empty histogram gives 0.
 */
export function percentile(histogram: Uint32Array | Float64Array, share: number): number {
  let total = 0;
  for (let i = 0; i < histogram.length; i++) total += histogram[i] as number;
  const wanted = total * share;
  let below = 0;
  for (let i = 0; i < histogram.length; i++) {
    const here = histogram[i] as number;
    if (here > 0 && below + here >= wanted) return i + (wanted - below) / here;
    below += here;
  }
  return total === 0 ? 0 : histogram.length;
}
