import type { StepSettings } from '../options/settings.ts';
import { percentile } from '../pixels/measure.ts';
import { tabulate } from '../pixels/srgb.ts';

type ToneSettings = StepSettings['tone'];

/** The measured ends and middle of a photo's luma, all 0..1. */
export type ToneRange = { readonly black: number; readonly white: number; readonly middle: number };

/**
 * Limits that keep a dark or misty photo recognisable. The middle of a listing photo is never moved
 * down; the black point and the S still deepen some shadows, so both leave those near black alone.
 */
const HIGHEST_BLACK = 0.06;
const LOWEST_WHITE = 0.75;
const GAMMA = [0.45, 1] as const;

/** Below this luma a photo's darkest hundredth is black already and a black point would only lose more. */
const AT_BLACK = 1.5 / 255;

/** Distance from the black point over which the S leaves the shadows alone. */
const SHADOWS = 0.1;

/** From here on highlights are eased towards white instead of running into it. */
const KNEE = 0.8;

/** Ends and middle of a luma histogram with any number of bins over 0..1. */
export function measureRange(histogram: Uint32Array, settings: ToneSettings): ToneRange {
  const bins = histogram.length;
  const lowest = percentile(histogram, settings.blackClip / 100) / bins;
  const isBlackThere = percentile(histogram, 0.01) / bins < AT_BLACK;
  return {
    black: isBlackThere ? 0 : Math.min(HIGHEST_BLACK, lowest),
    white: Math.max(LOWEST_WHITE, percentile(histogram, 1 - settings.whiteClip / 100) / bins),
    middle: percentile(histogram, 0.5) / bins,
  };
}

/**
 * The curve from luma to luma as a table over 0..1: black and white points, a gamma that brings the
 * middle to the wished brightness, an S for contrast, and a shoulder. Never falls, 0 stays 0.
 */
export function toneCurve(
  range: ToneRange,
  settings: ToneSettings,
  size = 4096,
): { table: Float32Array; gamma: number } {
  const spread = Math.max(0.2, range.white - range.black);
  const stretch = (value: number): number => Math.max(0, value - range.black) / spread;
  const middle = Math.min(0.95, Math.max(0.02, stretch(range.middle)));
  const wanted = Math.log(settings.brightness) / Math.log(middle);
  const gamma = Math.min(GAMMA[1], Math.max(GAMMA[0], wanted ** settings.strength));
  const bent = (value: number): number => sCurve(stretch(value) ** gamma, settings);
  const top = bent(1);
  const table = tabulate(size, (value) => shoulder(bent(value), top));
  return { table, gamma };
}

/** Steepens around the wished brightness; both ends stay where they are, and so do the shadows near black. */
function sCurve(value: number, settings: ToneSettings): number {
  const pivot = settings.brightness;
  const power = 1 + settings.contrast;
  if (value >= 1) return value;
  const above = 1 - (1 - pivot) * ((1 - value) / (1 - pivot)) ** power;
  if (value >= pivot) return above;
  const deepened = value - pivot * (value / pivot) ** power;
  return value - deepened * smoothStep((value - SHADOWS) / Math.max(0.01, pivot - SHADOWS));
}

/** 0 up to 0, 1 from 1 on, level at both ends. */
function smoothStep(value: number): number {
  const t = Math.min(1, Math.max(0, value));
  return t * t * (3 - 2 * t);
}

/** Identity up to the knee, then bends, with matching slope, so that `top` becomes 1. */
function shoulder(value: number, top: number): number {
  if (value <= KNEE) return value;
  const room = 1 - KNEE;
  const reach = Math.max(1, (top - KNEE) / room);
  const over = (value - KNEE) / room;
  return Math.min(1, KNEE + (room * over) / (1 + (1 - 1 / reach) * over));
}
