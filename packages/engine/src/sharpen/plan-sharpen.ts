import type { StepSettings } from '../options/settings.ts';

/** How luma is crisped at one size of the photo. */
export type SharpenPlan = {
  /** Factor on what a Gaussian blur takes away. */
  readonly amount: number;
  /** Of that blur, in pixels of this size. */
  readonly sigma: number;
  /** Details smaller than this (0..1) are left alone, and all others are this much smaller. */
  readonly threshold: number;
  /** How far (0..1) a pixel may leave the range of its 3 x 3 neighbours. */
  readonly haloCap: number;
};

/** Factors on amount and radius for photos of at least this width or height, whichever is longer. */
type Size = { readonly from: number; readonly amount: number; readonly radius: number };

/**
 * Reducing a photo crisps it, and what is left to sharpen gets finer: full size as the settings say,
 * MLS and print sizes, and what web pages show.
 */
const REDUCED: readonly Size[] = [
  { from: 1600, amount: 0.9, radius: 0.75 },
  { from: 0, amount: 0.7, radius: 0.65 },
];

/** A photo reduced by less than this is as soft as at full size. */
export const FULL = 1.2;

/** Coding and resizing leave about this much (0..1) on flat walls. */
const LEAST_THRESHOLD = 0.004;

/** Deviations of noise that are left alone: grain on a wall is no detail. */
const NOISE_FACTOR = 2;

/**
 * Chooses the sharpening for one output; `null`: none.
 * @param output its longer side in pixels, and by how much the full-size photo is reduced for it
 * @param noise standard deviation of the full-size photo's luma, 0..1
 */
export function planSharpen(
  settings: StepSettings['sharpen'],
  output: { readonly longSide: number; readonly reduction: number },
  noise: number,
): SharpenPlan | null {
  const { amount, radius, haloCap } = settings;
  if (amount === 0) return null;
  const { longSide, reduction } = output;
  const size = reduction < FULL ? null : REDUCED.find(({ from }) => longSide >= from);
  return {
    amount: amount * (size?.amount ?? 1),
    sigma: Math.max(0.3, radius * (size?.radius ?? 1)),
    // Every pixel of a reduced photo is the mean of `reduction` squared.
    threshold: Math.max(LEAST_THRESHOLD, (NOISE_FACTOR * noise) / Math.max(1, reduction)),
    haloCap,
  };
}

/** Weights of a pixel, its next and its second next neighbour in a Gaussian of this sigma, in all 1. */
export function blurWeights(sigma: number): readonly [number, number, number] {
  const [near, far] = [1, 2].map((i) => Math.exp(-(i * i) / (2 * sigma * sigma))) as [
    number,
    number,
  ];
  const total = 1 + 2 * near + 2 * far;
  return [1 / total, near / total, far / total];
}
