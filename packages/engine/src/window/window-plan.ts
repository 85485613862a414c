import type { MaskCoefficients } from './guide-mask.ts';

/**
 * How the windows of a photo get their view, at any scale. With V the view composed of `views`, P the
 * photo so far, both as luma and chroma, and
 * `m = clamp(viewSlope * V.y + roomSlope * P.y + base, 0, 1)`
 * the result is `P + m * (V - P)`; and where m is below 1 highlights are held by `hold`.
 */
export type WindowPlan = {
  /**
   * The exposures that show the view, one or two, the darkest first. The second is laid over the first
   * where it is not clipped.
   */
  readonly views: readonly WindowView[];
  readonly mask: WindowMask;
  readonly hold: Hold;
};

/** How one exposure of the view is shown: tables over its luma 0..1, evenly spaced. */
export type WindowView = {
  /** Index into `plan.frames` and the overviews. */
  readonly source: number;
  /** Luma in the result. */
  readonly luma: Float32Array;
  /** Factor on chroma, after `cast` times luma was taken off. */
  readonly chroma: Float32Array;
  readonly cast: readonly [cb: number, cr: number];
  /** How much it counts against the darker exposure, 0..1. */
  readonly share: Float32Array;
  /** What it is clipped in is at least this bright in the result, whatever moved since. */
  readonly floor: number;
};

/** Small planes that cover a part of the photo; outside of it the mask is 0. */
export type WindowMask = MaskCoefficients & {
  /** Full-size pixels per pixel of the planes: a power of two. */
  readonly scale: number;
  /** Place of the planes' first pixel, in pixels of that scale. */
  readonly left: number;
  readonly top: number;
};

/**
 * What is blown elsewhere in the room, shining tables, sunlit frames, lamps, is brought down a little:
 * `P.y` to `luma` where that is darker, as far as `share` and the brightness of P (from `HOLD_FROM`, in
 * full from `HOLD_FULL` on) say. Tables over the luma of the last of `views`.
 */
export type Hold = {
  readonly luma: Float32Array;
  readonly share: Float32Array;
};

export const HOLD_FROM = 0.86;
export const HOLD_FULL = 0.93;

/** Entries of all tables less one. */
export const TABLE_STEPS = 256;

/** A table's value at 0..1, between its entries by straight lines. */
export function readTable(table: Float32Array, value: number): number {
  const position = (value < 0 ? 0 : value > 1 ? 1 : value) * TABLE_STEPS;
  const step = position < TABLE_STEPS ? position | 0 : TABLE_STEPS - 1;
  const before = table[step] as number;
  return before + (position - step) * ((table[step + 1] as number) - before);
}
