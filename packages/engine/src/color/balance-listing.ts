import type { LightEstimate } from './estimate-light.ts';
import { type Light, lightFrom, tintOf, warmthOf } from './light.ts';
import type { WhiteBalanceSettings } from './plan-white-balance.ts';

/** The part of the options of `whiteBalance` that a listing sets for one of its scenes. */
export type ListingLight = Pick<WhiteBalanceSettings, 'lightRed' | 'lightBlue' | 'lightWeight'>;

/** Lights of two photos that are closer than this (stops) may be one: same lamps, same weather. */
const SAME_LIGHT = 0.22;

/** How sure of the group a photo must be: its own estimate is worth as much as this many others. */
const OWN_WORTH = 0.5;

/** No estimate is surer than this (stops), whatever its own spread says. */
const LEAST_SIGMA = 0.05;

/**
 * Photos of one house were mostly taken under one light with one balance, so they are balanced
 * alike: a wall must not drift from warm to cool from room to room. For each estimate, in the given
 * order, the light of the photos that resemble it (weighted by likeness and sureness) and how much of
 * it to take; rooms with lamps of their own keep their own light.
 */
export function balanceListing(estimates: readonly LightEstimate[]): readonly ListingLight[] {
  return estimates.map((own) => {
    let [warmth, tint, worth] = [0, 0, 0];
    for (const other of estimates) {
      if (other.outdoors !== own.outdoors) continue;
      const weight = likeness(own.light, other.light) * sureness(other);
      warmth += weight * warmthOf(other.light);
      tint += weight * tintOf(other.light);
      worth += weight;
    }
    const others = worth / sureness(own) - 1;
    const shared = lightFrom(warmth / worth, tint / worth);
    return {
      lightRed: shared.red,
      lightBlue: shared.blue,
      lightWeight: others / (others + OWN_WORTH),
    };
  });
}

function likeness(one: Light, other: Light): number {
  const distance2 = (one.red - other.red) ** 2 + (one.blue - other.blue) ** 2;
  return Math.exp(-distance2 / (2 * SAME_LIGHT ** 2));
}

function sureness({ warmthSigma, tintSigma }: LightEstimate): number {
  return 1 / (LEAST_SIGMA ** 2 + warmthSigma ** 2 + tintSigma ** 2);
}
