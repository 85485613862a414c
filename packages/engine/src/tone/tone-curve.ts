import type { StepSettings } from '../options/settings.ts';
import { percentile } from '../pixels/measure.ts';
import { tabulate } from '../pixels/srgb.ts';
import { smoothStep } from './smooth-step.ts';
import type { ToneSurvey } from './survey-tones.ts';

type ToneSettings = StepSettings['tone'];

/** The measured ends and middle of a photo, all 0..1. */
export type ToneRange = {
  /** Luma that becomes black. */
  readonly black: number;
  /** Strongest channel that becomes white. */
  readonly white: number;
  /** Luma half of the subject is darker than, and that of its light surfaces: walls, ceilings. */
  readonly middle: number;
  readonly light: number;
  /** How sure it is, 0..1, that the photo shows a house from outside. */
  readonly outdoors: number;
};

/** Limits that keep a dark or misty photo recognisable. */
const HIGHEST_BLACK = 0.08;
const LOWEST_WHITE = 0.7;
const GAMMA = [0.5, 1] as const;

/** Below this luma a photo's darkest hundredth is black already and a black point would only lose more. */
const AT_BLACK = 1.5 / 255;

/** Channels from here on are white in an 8-bit file already and say nothing about where white should be. */
const AT_WHITE = 253.5 / 255;

/** Shares of sky and leaves at which a photo begins to be one from outside, and surely is. */
const OUTDOORS = [0.1, 0.3] as const;

/** How much darker the middle of a photo from outside is wished: it is grass and roofs, not walls. */
const OUTDOORS_DARKER = 0.1;

/** Share of the subject that is darker than its light surfaces. */
const LIGHT_SHARE = 0.85;

/** How far the light surfaces, rather than the middle, decide; they can only hold back. */
const LIGHT_SAY = 0.4;

/** Where light surfaces lie between the wished middle and white. */
const LIGHT_PLACE = 0.6;

/** Distance from black over which the S leaves the shadows alone. */
const SHADOWS = 0.1;

/** From here on highlights are eased towards white instead of running into it. */
const KNEE = 0.8;

/** Ends, middle and light surfaces of a photo. */
export function measureRange(survey: ToneSurvey, settings: ToneSettings): ToneRange {
  const { luma, subject, strongest, nature } = survey;
  const lowest = percentile(luma, settings.blackClip / 100) / luma.length;
  const isBlackThere = percentile(luma, 0.01) / luma.length < AT_BLACK;
  const open = strongest.slice(0, Math.floor(AT_WHITE * strongest.length));
  return {
    black: isBlackThere ? 0 : Math.min(HIGHEST_BLACK, lowest),
    white: Math.max(LOWEST_WHITE, percentile(open, 1 - settings.whiteClip / 100) / luma.length),
    middle: percentile(subject, 0.5) / subject.length,
    light: percentile(subject, LIGHT_SHARE) / subject.length,
    outdoors: smoothStep((nature - OUTDOORS[0]) / (OUTDOORS[1] - OUTDOORS[0])),
  };
}

/**
 * The curve from luma to luma as a table over 0..1: black and white points, a gamma that brings the
 * middle to the wished brightness, an S for contrast, and a shoulder. Never falls, 0 stays 0.
 */
export function toneCurve(
  range: ToneRange,
  settings: ToneSettings,
  size = 4097,
): { table: Float32Array; gamma: number } {
  const spread = Math.max(0.2, range.white - range.black);
  const stretch = (value: number): number => Math.max(0, value - range.black) / spread;
  const wish = settings.brightness - OUTDOORS_DARKER * range.outdoors;
  const toMiddle = gammaFor(stretch(range.middle), wish);
  const toLight = gammaFor(stretch(range.light), wish + LIGHT_PLACE * (1 - wish));
  const wanted = toMiddle ** (1 - LIGHT_SAY) * Math.max(toMiddle, toLight) ** LIGHT_SAY;
  const gamma = Math.min(GAMMA[1], Math.max(GAMMA[0], wanted ** settings.strength));
  const bent = (value: number): number => sCurve(stretch(value) ** gamma, wish, settings.contrast);
  const top = bent(1);
  const table = tabulate(size, (value) => shoulder(bent(value), top));
  return { table, gamma };
}

/** The exponent that brings a value to where it is wished. */
function gammaFor(value: number, wish: number): number {
  return Math.log(wish) / Math.log(Math.min(0.97, Math.max(0.02, value)));
}

/** Steepens around the wished brightness; both ends stay where they are, and so do the shadows near black. */
function sCurve(value: number, pivot: number, contrast: number): number {
  const power = 1 + contrast;
  if (value >= 1) return value;
  const above = 1 - (1 - pivot) * ((1 - value) / (1 - pivot)) ** power;
  if (value >= pivot) return above;
  const deepened = value - pivot * (value / pivot) ** power;
  return value - deepened * smoothStep((value - SHADOWS) / Math.max(0.01, pivot - SHADOWS));
}

/** Identity up to the knee, then bends, with matching slope, so that `top` becomes 1. */
function shoulder(value: number, top: number): number {
  if (value <= KNEE) return value;
  const room = 1 - KNEE;
  const reach = Math.max(1, (top - KNEE) / room);
  const over = (value - KNEE) / room;
  return Math.min(1, KNEE + (room * over) / (1 + (1 - 1 / reach) * over));
}
