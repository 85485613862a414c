import type { Agreement } from './agreement.ts';
import type { Regions } from './regions.ts';
import { type SmallExposure, VALUES } from './small-exposure.ts';

/** Best encoded brightness (0..1) and how far from it is still good, as in exposure fusion. */
const BEST = 0.5;
const SIGMA = 0.2;

/** The reference is taken when it is nearly as good: its surroundings are mostly its own. */
const FAVOUR = 1.25;

/** Values (0..1) from here on are clipped: nothing is left of what was there. */
const CLIPPED = 0.98;

/** Two exposures that show the same are more than one that is better exposed: what passes by is in one. */
const AGREEING = 2;

/** Exposures by bit: a bracket has nine at most. */
export type ExposureSet = number;

export const holds = (set: ExposureSet, index: number): boolean => ((set >> index) & 1) === 1;

/**
 * For each region by label (1..) the exposures that may show it: those that agree with each other, or the
 * one that shows most of it well when none agree. `agrees` says whether two do.
 * @param places every pixel of a region
 */
export function chooseExposures(
  exposures: readonly SmallExposure[],
  where: { readonly regions: Regions; readonly places: Int32Array },
  { referenceIndex, agrees }: { readonly referenceIndex: number; readonly agrees: Agreement },
): ExposureSet[] {
  const merits = exposures.map(({ channels }, index) => {
    const sums = meritsOf(channels, where);
    return index === referenceIndex ? sums.map((sum) => sum * FAVOUR) : sums;
  });
  return Array.from({ length: where.regions.count + 1 }, (_, label) => {
    let [chosen, best] = [1 << referenceIndex, 0];
    for (let set = 1; set < 1 << exposures.length; set++) {
      const members = [...exposures.keys()].filter((index) => holds(set, index));
      if (!members.every((a) => members.every((b) => b <= a || agrees(a, b, label)))) continue;
      const sum = members.reduce((total, index) => total + (merits[index]?.[label] ?? 0), 0);
      const score = sum * (members.length > 1 ? AGREEING : 1);
      if (score > best) [chosen, best] = [set, score];
    }
    return chosen;
  });
}

/** By label how well an exposure shows the region. */
function meritsOf(
  [red, green, blue]: SmallExposure['channels'],
  { regions: { labels, count }, places }: { regions: Regions; places: Int32Array },
): Float64Array {
  const sums = new Float64Array(count + 1);
  for (let n = 0; n < places.length; n++) {
    const i = places[n] as number;
    const label = labels[i] as number;
    const strongest = Math.max(red[i] as number, green[i] as number, blue[i] as number);
    const whole =
      0.25 * (red[i] as number) + 0.6 * (green[i] as number) + 0.15 * (blue[i] as number);
    const clipped = strongest > CLIPPED * VALUES ? 0.3 : 1;
    sums[label] = (sums[label] as number) + clipped * (GOODNESS[whole | 0] as number);
  }
  return sums;
}

function merit(value: number): number {
  return Math.exp(-((value - BEST) ** 2) / (2 * SIGMA * SIGMA));
}

const GOODNESS = Float64Array.from({ length: VALUES }, (_, value) => merit(value / (VALUES - 1)));
