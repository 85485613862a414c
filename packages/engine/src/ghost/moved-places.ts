import { type Expectation, expectationOf } from './expectation.ts';
import { type SmallExposure, VALUES } from './small-exposure.ts';

/** Pixels, about, that tell what one exposure lets expect of the next. */
const SAMPLES = 60_000;

/**
 * How far (0..1023, beyond what is nothing unusual) exposures contradict their neighbours in brightness
 * at every place. Two of three channels must: a strong colour alone may take another way through a
 * camera's tone curve than the greys that most of a scene consists of.
 * @param exposures the darkest first
 */
export function movedPlaces(exposures: readonly SmallExposure[]): Uint16Array {
  const [first] = exposures;
  const [width, height] = [first?.width ?? 0, first?.height ?? 0];
  const most = new Uint16Array(width * height);
  const samples = exposures.map(({ channels }) => channels.map((channel) => sampled(channel)));
  for (let k = 0; k + 1 < exposures.length; k++) {
    const [darker, brighter] = [exposures[k], exposures[k + 1]];
    if (darker === undefined || brighter === undefined) continue;
    const pairOf = (channel: 0 | 1 | 2): Pair => {
      const [some, same] = [samples[k]?.[channel], samples[k + 1]?.[channel]];
      const expectation = expectationOf(some as Uint16Array, same as Uint16Array);
      const surely = narrowest(expectation);
      return {
        darker: darker.channels[channel],
        brighter: brighter.channels[channel],
        expectation,
        surely,
      };
    };
    const pairs = [pairOf(0), pairOf(1), pairOf(2)] as const;
    for (let y = 0; y < height; y++) addContradictions(pairs, { width, height, most }, y);
  }
  return most;
}

/** Every so manieth pixel, an odd number so that rows of even length give other columns each time. */
function sampled(channel: Uint16Array): Uint16Array {
  const step = Math.floor(channel.length / SAMPLES) | 1;
  if (step === 1) return channel;
  const out = new Uint16Array(Math.ceil(channel.length / step));
  for (let i = 0, at = 0; i < out.length; i++, at += step) out[i] = channel[at] as number;
  return out;
}

type Pair = {
  readonly darker: Uint16Array;
  readonly brighter: Uint16Array;
  readonly expectation: Expectation;
  /** What is as expected whatever is beside it. */
  readonly surely: Expectation;
};

/** The most that values up to one, and the least that values from one on let expect. */
function narrowest({ low, high }: Expectation): Expectation {
  const [least, most] = [low.slice(), high.slice()];
  for (let value = 1; value < VALUES; value++)
    least[value] = Math.max(least[value] as number, least[value - 1] as number);
  for (let value = VALUES - 2; value >= 0; value--)
    most[value] = Math.min(most[value] as number, most[value + 1] as number);
  return { low: least, high: most };
}

type Found = { readonly width: number; readonly height: number; readonly most: Uint16Array };

/** Most places of a row are as expected, which their own values tell; around the others is looked, too. */
function addContradictions(pairs: readonly [Pair, Pair, Pair], found: Found, y: number): void {
  const [red, green, blue] = pairs;
  const { width, most } = found;
  for (let i = y * width; i < (y + 1) * width; i++) {
    const one = mayContradict(red, i);
    const other = mayContradict(green, i);
    if (!one && !other) continue;
    if (!(one && other) && !mayContradict(blue, i)) continue;
    const p = deviationAt(red, found, i);
    const q = deviationAt(green, found, i);
    const r = deviationAt(blue, found, i);
    const second = p > q ? (q > r ? q : p > r ? r : p) : p > r ? p : q > r ? r : q;
    if (second > (most[i] as number)) most[i] = second;
  }
}

/** Whether the brighter exposure is not as expected whatever the darker one shows beside the place. */
function mayContradict({ darker, brighter, surely }: Pair, i: number): boolean {
  const from = darker[i] as number;
  const value = brighter[i] as number;
  return value < (surely.low[from] as number) || value > (surely.high[from] as number);
}

/**
 * How far the brighter exposure is from anything the darker one lets expect, in one channel. What is
 * expected a pixel further is expected here as well: edges may lie that far apart where the camera
 * moved, and light spills over them.
 */
function deviationAt(
  { darker, brighter, expectation }: Pair,
  { width, height }: Found,
  i: number,
): number {
  const x = i % width;
  const y = (i - x) / width;
  const left = x > 0 ? -1 : 0;
  const right = x + 1 < width ? 1 : 0;
  let least = VALUES - 1;
  let most = 0;
  for (let row = y > 0 ? i - width : i; row <= (y + 1 < height ? i + width : i); row += width) {
    for (let at = row + left; at <= row + right; at++) {
      const value = darker[at] as number;
      if (value < least) least = value;
      if (value > most) most = value;
    }
  }
  const value = brighter[i] as number;
  const below = (expectation.low[least] as number) - value;
  const above = value - (expectation.high[most] as number);
  return Math.max(0, below, above);
}
