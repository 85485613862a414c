import { makeRise } from '../pixels/rising.ts';
import { VALUES } from './small-exposure.ts';

/** For every value of the darker exposure: what the brighter one shows there, and how far that varies. */
export type Expectation = {
  /** Least and greatest value (0..1023) that is nothing unusual, per value of the darker exposure. */
  readonly low: Int16Array;
  readonly high: Int16Array;
};

/** Values of the brighter exposure are counted in classes of 16. */
const CLASSES = 64;
const CLASS_SHIFT = 4;

/**
 * Neighbouring values are taken together until they are at least this share of all pixels: a thing of one
 * colour that moved must not set the rule for its own values. The spread changes less from value to value.
 */
const MEDIAN_SHARE = 1 / 150;
const SPREAD_SHARE = 1 / 25;

/** Half the distance of the quartiles of a normal distribution, in standard deviations. */
const QUARTILE = 0.6745;

/** What is nothing unusual: so many standard deviations, and never less than this (of 1023). */
const DEVIATIONS = 3;
const LEAST_TOLERANCE = 24;

/**
 * The brightness transfer between two exposures of one scene from their joint histogram (the comparagram
 * of Mann, "Comparametric Equations", IEEE TIP 9(8), 2000): the median of the brighter one for every
 * value of the darker one, and around it the quartiles. Exposure, tone curve, noise, rounding and
 * clipping are all in it, and what moved is outvoted.
 *
 * More light never makes a place darker, so a place is at least as bright as darker ones turned out, and
 * at most as bright as brighter ones did. Of the few brightest only the former is known (a lamp in the
 * darkest exposure), of the few darkest only the latter.
 */
export function expectationOf(darker: Uint16Array, brighter: Uint16Array): Expectation {
  const joint = countPairs(darker, brighter);
  const enough = MEDIAN_SHARE * darker.length;
  const medians = mediansOf(joint, (value) => around(joint.totals, value, enough));
  const below = mediansOf(joint, (value) => downFrom(joint.totals, value, enough));
  const above = mediansOf(joint, (value) => upFrom(joint.totals, value, enough));
  const rest = countPairs(darker, distances(darker, brighter, medians));
  const [low, high] = [new Int16Array(VALUES), new Int16Array(VALUES)];
  for (let value = 0; value < VALUES; value++) {
    const window = around(rest.totals, value, SPREAD_SHARE * darker.length);
    const spreadBelow = FARTHEST - quantile(rest, window, 0.25) / FINENESS;
    const spreadAbove = quantile(rest, window, 0.75) / FINENESS - FARTHEST;
    const [least, most] = [below[value] as number, above[value] as number];
    low[value] = least - Math.max(LEAST_TOLERANCE, (DEVIATIONS * spreadBelow) / QUARTILE);
    high[value] = most + Math.max(LEAST_TOLERANCE, (DEVIATIONS * spreadAbove) / QUARTILE);
  }
  return { low, high };
}

/** Distances beyond this (of 1023) count as this: no spread is as large. */
const FARTHEST = 256;
const FINENESS = VALUES / (2 * FARTHEST);

/** Distances from the medians, centred and stretched to the range that values have. */
function distances(darker: Uint16Array, brighter: Uint16Array, medians: Float64Array): Uint16Array {
  const found = new Uint16Array(darker.length);
  for (let i = 0; i < found.length; i++) {
    const off = (brighter[i] as number) - (medians[darker[i] as number] as number) + FARTHEST;
    found[i] = off <= 0 ? 0 : off >= 2 * FARTHEST ? VALUES - 1 : off * FINENESS;
  }
  return found;
}

/** Rows of `counts` and `totals` hold all pixels darker than the row's value. */
type Joint = { readonly counts: Uint32Array; readonly totals: Uint32Array };

function countPairs(darker: Uint16Array, other: Uint16Array): Joint {
  const counts = new Uint32Array((VALUES + 1) * CLASSES);
  for (let i = 0; i < darker.length; i++) {
    const at = ((darker[i] as number) + 1) * CLASSES + ((other[i] as number) >> CLASS_SHIFT);
    counts[at] = (counts[at] as number) + 1;
  }
  const totals = new Uint32Array(VALUES + 1);
  for (let value = 1, at = CLASSES; value <= VALUES; value++) {
    let total = totals[value - 1] as number;
    for (let c = 0; c < CLASSES; c++, at++) {
      total += counts[at] as number;
      counts[at] = (counts[at] as number) + (counts[at - CLASSES] as number);
    }
    totals[value] = total;
  }
  return { counts, totals };
}

/** Values from..to, the last one not included; outside of 0..1023 there is none. */
type Window = { readonly from: number; readonly to: number };

/** Median of the brighter exposure in a window for every value, made to rise. */
function mediansOf(joint: Joint, windowOf: (value: number) => Window): Float64Array {
  const medians = new Float64Array(VALUES);
  const weights = new Float64Array(VALUES);
  for (let value = 0; value < VALUES; value++) {
    weights[value] = (joint.totals[value + 1] as number) - (joint.totals[value] as number);
    const window = windowOf(value);
    if (window.from < 0) medians[value] = 0;
    else if (window.to > VALUES) medians[value] = VALUES;
    else medians[value] = quantile(joint, window, 0.5);
  }
  makeRise(medians, weights);
  return medians;
}

/** The values around one that together have `enough` pixels. */
function around(totals: Uint32Array, value: number, enough: number): Window {
  let [least, most] = [0, VALUES];
  while (least < most) {
    const reach = (least + most) >> 1;
    const { from, to } = cut(value - reach, value + reach + 1);
    if ((totals[to] as number) - (totals[from] as number) >= enough) most = reach;
    else least = reach + 1;
  }
  return cut(value - least, value + least + 1);
}

function cut(from: number, to: number): Window {
  return { from: Math.max(0, from), to: Math.min(VALUES, to) };
}

/** The values up to one that have `enough` pixels; begins below 0 when there are too few. */
function downFrom(totals: Uint32Array, value: number, enough: number): Window {
  const end = totals[value + 1] as number;
  let from = value;
  while (from >= 0 && end - (totals[from] as number) < enough) from--;
  return { from, to: value + 1 };
}

/** The values from one on that have `enough` pixels; ends beyond 1023 when there are too few. */
function upFrom(totals: Uint32Array, value: number, enough: number): Window {
  const start = totals[value] as number;
  let to = value + 1;
  while (to <= VALUES && (totals[to] as number) - start < enough) to++;
  return { from: value, to };
}

/** The value below which `share` of the pixels in a window lie, interpolated inside its class; 0 without any. */
function quantile({ counts, totals }: Joint, { from, to }: Window, share: number): number {
  const wanted = share * ((totals[to] as number) - (totals[from] as number));
  let below = 0;
  for (let c = 0; c < CLASSES; c++) {
    const here = (counts[to * CLASSES + c] as number) - (counts[from * CLASSES + c] as number);
    if (here > 0 && below + here >= wanted) return (c + (wanted - below) / here) * 2 ** CLASS_SHIFT;
    below += here;
  }
  return 0;
}
