import { evenStep } from '../pixels/sample-places.ts';
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
  for (let k = 0; k + 1 < exposures.length; k++) {
    const [darker, brighter] = [exposures[k], exposures[k + 1]];
    if (darker === undefined || brighter === undefined) continue;
    const pair = pairOfExposures(darker, brighter);
    for (let i = 0; i < most.length; i++) {
      const found = contradictionAt(pair, first as SmallExposure, i);
      if (found > (most[i] as number)) most[i] = found;
    }
  }
  return most;
}

/** Two exposures by channel. */
export type Pair = readonly [ChannelPair, ChannelPair, ChannelPair];

/** What the darker of two exposures lets expect of the brighter one. */
export function pairOfExposures(darker: SmallExposure, brighter: SmallExposure): Pair {
  const pairOf = (channel: 0 | 1 | 2): ChannelPair => {
    const [some, same] = [darker.channels[channel], brighter.channels[channel]];
    const { width } = darker;
    const expectation = expectationOf(sampled(some, width), sampled(same, width));
    return { darker: some, brighter: same, expectation, surely: narrowest(expectation) };
  };
  return [pairOf(0), pairOf(1), pairOf(2)];
}

/** Every so manieth pixel, from all columns alike. */
function sampled(channel: Uint16Array, width: number): Uint16Array {
  const step = evenStep(Math.max(1, Math.floor(channel.length / SAMPLES)), width);
  if (step === 1) return channel;
  const out = new Uint16Array(Math.ceil(channel.length / step));
  for (let i = 0, at = 0; i < out.length; i++, at += step) out[i] = channel[at] as number;
  return out;
}

type ChannelPair = {
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

type Size = { readonly width: number; readonly height: number };

/**
 * How far two exposures contradict each other at pixel `i`. Most places are as expected, which their own
 * values tell; around the others is looked, too.
 */
export function contradictionAt([red, green, blue]: Pair, size: Size, i: number): number {
  const one = mayContradict(red, i);
  const other = mayContradict(green, i);
  if (!one && !other) return 0;
  if (!(one && other) && !mayContradict(blue, i)) return 0;
  const p = deviationAt(red, size, i);
  const q = deviationAt(green, size, i);
  const r = deviationAt(blue, size, i);
  return p > q ? (q > r ? q : p > r ? r : p) : p > r ? p : q > r ? r : q;
}

/** Whether the brighter exposure is not as expected whatever the darker one shows beside the place. */
function mayContradict({ darker, brighter, surely }: ChannelPair, i: number): boolean {
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
  { darker, brighter, expectation }: ChannelPair,
  { width, height }: Size,
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
