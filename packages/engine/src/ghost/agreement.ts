import { contradictionAt, type Pair, pairOfExposures } from './moved-places.ts';
import type { Regions } from './regions.ts';
import { type SmallExposure, VALUES } from './small-exposure.ts';

/** Contradictions (of 1023, beyond what is nothing unusual) that count. */
const CONTRADICTS = 20;

/** Values (0..1) beyond these tell nothing: black and white agree with all that is dark or bright. */
const BLACK = 0.03;
const WHITE = 0.98;

/** Exposures that show the same contradict each other in no more than this share of what they tell of a region. */
const MOST_CONTRADICTED = 0.03;

/** Share of a region of which both have to tell something. */
const LEAST_TOLD = 0.3;

/** Whether two exposures show the same in a region, by label (1..). */
export type Agreement = (one: number, other: number, label: number) => boolean;

/**
 * Compares every two exposures in every region where something moved.
 * @param order indices of `exposures`, the darkest first
 * @param places every pixel of a region
 */
export function agreementOf(
  exposures: readonly SmallExposure[],
  order: readonly number[],
  { regions, places }: { readonly regions: Regions; readonly places: Int32Array },
): Agreement {
  const count = exposures.length;
  const told = exposures.map((exposure) => tellsAt(exposure, places));
  const agree = new Map<number, Uint8Array>();
  for (const [rank, dark] of order.entries()) {
    for (const bright of order.slice(rank + 1)) {
      const [darker, brighter] = [exposures[dark], exposures[bright]];
      if (darker === undefined || brighter === undefined) continue;
      const found = compare(pairOfExposures(darker, brighter), [told[dark], told[bright]], {
        ...{ regions, places, size: darker },
      });
      agree.set(dark * count + bright, found).set(bright * count + dark, found);
    }
  }
  return (one, other, label) => agree.get(one * count + other)?.[label] === 1;
}

/** For each place whether the exposure shows more there than black or white. */
function tellsAt({ channels: [red, green, blue] }: SmallExposure, places: Int32Array): Uint8Array {
  const told = new Uint8Array(places.length);
  for (let n = 0; n < places.length; n++) {
    const i = places[n] as number;
    const strongest = Math.max(red[i] as number, green[i] as number, blue[i] as number);
    told[n] = strongest > BLACK * VALUES && strongest < WHITE * VALUES ? 1 : 0;
  }
  return told;
}

type Where = {
  readonly regions: Regions;
  readonly places: Int32Array;
  readonly size: { readonly width: number; readonly height: number };
};

/** By label: 1 where both show the same. */
function compare(
  pair: Pair,
  [one, other]: readonly [Uint8Array | undefined, Uint8Array | undefined],
  { regions: { labels, count }, places, size }: Where,
): Uint8Array {
  const areas = new Uint32Array(count + 1);
  const told = new Uint32Array(count + 1);
  const contradicted = new Uint32Array(count + 1);
  for (let n = 0; n < places.length; n++) {
    const i = places[n] as number;
    const label = labels[i] as number;
    areas[label] = (areas[label] as number) + 1;
    if (contradictionAt(pair, size, i) > CONTRADICTS)
      contradicted[label] = (contradicted[label] as number) + 1;
    else if (one?.[n] === 1 && other?.[n] === 1) told[label] = (told[label] as number) + 1;
  }
  const agree = new Uint8Array(count + 1);
  for (let label = 1; label <= count; label++) {
    const [against, heard] = [contradicted[label] as number, told[label] as number];
    const enough = against + heard >= LEAST_TOLD * (areas[label] as number);
    agree[label] = enough && against <= MOST_CONTRADICTED * (against + heard) ? 1 : 0;
  }
  return agree;
}
