import { linearToSrgb, srgbToLinear, tabulate } from '../pixels/srgb.ts';
import type { ViewLook } from './choose-views.ts';
import { type Hold, TABLE_STEPS, type WindowView } from './window-plan.ts';

/**
 * How the light of a view, in EV, becomes linear light of the result: `gain * 2 ** (contrast * light)`,
 * with a shoulder under which `most` EV become white.
 */
export type Exposing = {
  readonly gain: number;
  readonly contrast: number;
  readonly most: number;
  /** Whether `most` becomes white even where the gain alone would leave it darker. */
  readonly isWhite: boolean;
};

/** Encoded white of the view: nothing in it may look clipped, and clouds must stay white. */
const WHITE = 0.965;

/** Linear light up to which exposing has no shoulder. */
const KNEE = 0.05;

/** Encoded luma for a light in EV. */
export function shownLuma(light: number, exposing: Exposing): number {
  const { gain, contrast, most, isWhite } = exposing;
  const [value, end] = [gain * 2 ** (contrast * light), gain * 2 ** (contrast * most)];
  const white = srgbToLinear(WHITE);
  if (end <= KNEE || (end <= white && !isWhite)) return linearToSrgb(Math.min(value, white));
  return linearToSrgb(bent(value, end, white));
}

/** Identity up to the knee; above, a hyperbola with the same slope that reaches white at `most`. */
function bent(value: number, most: number, white: number): number {
  if (value <= KNEE) return value;
  const slope = (most - KNEE) / (white - KNEE);
  const x = Math.min(1, (value - KNEE) / (most - KNEE));
  return KNEE + ((white - KNEE) * slope * x) / (1 + (slope - 1) * x);
}

/** How often there is how much light: bins of 1/16 EV from -8 EV on. */
export type LightHistogram = Float64Array;

const BINS_PER_EV = 16;
const LEAST_LIGHT = -8;
const RANGE = 28;

export function createLightHistogram(): LightHistogram {
  return new Float64Array(RANGE * BINS_PER_EV);
}

export function countLight(histogram: LightHistogram, light: number, count: number): void {
  const place = Math.round((light - LEAST_LIGHT) * BINS_PER_EV);
  const bin = Math.min(histogram.length - 1, Math.max(0, place));
  histogram[bin] = (histogram[bin] as number) + count;
}

function lightOfBin(bin: number): number {
  return LEAST_LIGHT + bin / BINS_PER_EV;
}

/** Light below which `share` of it lies. */
function lightAt(histogram: LightHistogram, share: number): number {
  const wanted = share * histogram.reduce((sum, count) => sum + count, 0);
  let below = 0;
  let bin = 0;
  while (bin < histogram.length - 1 && below + (histogram[bin] as number) < wanted)
    below += histogram[bin++] as number;
  return lightOfBin(bin);
}

/**
 * Exposes a view so that its mean encoded luma becomes `mean` and nothing in it is clipped.
 * @param end light of what is clipped in every exposure, to be shown white; `null` when nothing is
 */
export function exposeTo(
  histogram: LightHistogram,
  mean: number,
  { contrast, end }: { readonly contrast: number; readonly end: number | null },
): Exposing {
  const most = end ?? lightAt(histogram, 0.995);
  const exposing = (ev: number) => ({ gain: 2 ** ev, contrast, most, isWhite: end !== null });
  let [low, high] = [-16, 8];
  for (let round = 0; round < 20; round++) {
    const middle = (low + high) / 2;
    if (meanUnder(histogram, exposing(middle)) < mean) low = middle;
    else high = middle;
  }
  return exposing((low + high) / 2);
}

/** Mean encoded luma of a view; 0 of none. */
export function meanUnder(histogram: LightHistogram, exposing: Exposing): number {
  let [sum, total] = [0, 0];
  for (let bin = 0; bin < histogram.length; bin++) {
    const count = histogram[bin] as number;
    if (count === 0) continue;
    sum += count * shownLuma(lightOfBin(bin), exposing);
    total += count;
  }
  return total > 0 ? sum / total : 0;
}

/** Chroma is raised by this at most: what dark exposures have of it is mostly noise. */
const LARGEST_CHROMA = 2.4;

/** Below this encoded luma chroma fades out, for the same reason. */
const COLORLESS = 0.06;

/** The tables of one exposure. */
export function viewOf(
  look: ViewLook,
  exposing: Exposing,
  cast: readonly [number, number],
): WindowView {
  const shown = (encoded: number) => shownLuma(lightIn(look, encoded), exposing);
  return {
    source: look.index,
    luma: tabulate(TABLE_STEPS + 1, shown),
    chroma: tabulate(TABLE_STEPS + 1, (value) => {
      const before = Math.max(value, 1 / TABLE_STEPS);
      const gain = Math.min(LARGEST_CHROMA, shown(before) / before);
      return gain * Math.min(1, value / COLORLESS) * fading(shown(before));
    }),
    cast,
    share: tabulate(TABLE_STEPS + 1, (value) =>
      Math.min(1, Math.max(0, (look.fadeTo - value) / (look.fadeTo - look.fadeFrom))),
    ),
    floor: shown(Math.min(1, look.fadeTo)),
  };
}

/** Light in EV that an encoded luma stands for; 0 where the room exposure clips. */
function lightIn({ darker }: ViewLook, encoded: number): number {
  return Math.log2(Math.max(1e-6, srgbToLinear(encoded))) + darker;
}

/** Colours near white lose strength, as on film; otherwise blue skies would leave the range. */
function fading(luma: number): number {
  const t = Math.min(1, Math.max(0, (luma - 0.6) / 0.35));
  return 1 - 0.35 * t * t * (3 - 2 * t);
}

/** Luma at the clipping point of the room exposure, and what the brightest light approaches. */
const HELD_FROM = 0.875;
const HELD_TO = 0.96;
/** EV over which the way from the one to the other is half gone. */
const HELD_HALF = 1.2;
/** EV to both sides of the clipping point over which holding sets in. */
const HOLD_RAMP = 0.4;

/** Keeps the order of light, brighter stays brighter, but nothing is quite white. */
export function holdOf(look: ViewLook): Hold {
  return {
    luma: tabulate(TABLE_STEPS + 1, (value) => {
      const above = Math.max(0, lightIn(look, value));
      return HELD_TO - (HELD_TO - HELD_FROM) * 2 ** (-above / HELD_HALF);
    }),
    share: tabulate(TABLE_STEPS + 1, (value) => {
      const place = (lightIn(look, value) + HOLD_RAMP) / (2 * HOLD_RAMP);
      return Math.min(1, Math.max(0, place));
    }),
  };
}
