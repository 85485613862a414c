import type { Regions } from './regions.ts';
import { type SmallExposure, VALUES } from './small-exposure.ts';

/** Best encoded brightness (0..1) and how far from it is still good, as in exposure fusion. */
const BEST = 0.5;
const SIGMA = 0.2;

/** The reference is taken when it is nearly as good: its surroundings are mostly its own. */
const FAVOUR = 1.25;

/** Values (0..1) from here on are clipped: nothing is left of what was there. */
const CLIPPED = 0.98;

/**
 * For each region by label (1..) the exposure that shows most of it well.
 * @param places every pixel of a region
 */
export function chooseExposures(
  exposures: readonly SmallExposure[],
  { regions, places }: { readonly regions: Regions; readonly places: Int32Array },
  referenceIndex: number,
): number[] {
  const { labels, count } = regions;
  const goodness = Float64Array.from({ length: VALUES }, (_, value) => merit(value / (VALUES - 1)));
  const chosen = new Array<number>(count + 1).fill(referenceIndex);
  const best = new Float64Array(count + 1);
  for (const [index, { channels }] of exposures.entries()) {
    const [red, green, blue] = channels;
    const sums = new Float64Array(count + 1);
    for (let n = 0; n < places.length; n++) {
      const i = places[n] as number;
      const label = labels[i] as number;
      const strongest = Math.max(red[i] as number, green[i] as number, blue[i] as number);
      const whole =
        0.25 * (red[i] as number) + 0.6 * (green[i] as number) + 0.15 * (blue[i] as number);
      const clipped = strongest > CLIPPED * VALUES ? 0.3 : 1;
      sums[label] = (sums[label] as number) + clipped * (goodness[whole | 0] as number);
    }
    for (let label = 1; label <= count; label++) {
      const sum = (sums[label] as number) * (index === referenceIndex ? FAVOUR : 1);
      if (sum > (best[label] as number)) {
        best[label] = sum;
        chosen[label] = index;
      }
    }
  }
  return chosen;
}

function merit(value: number): number {
  return Math.exp(-((value - BEST) ** 2) / (2 * SIGMA * SIGMA));
}
