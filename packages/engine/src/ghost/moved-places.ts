import { type Expectation, expectationOf } from './expectation.ts';
import type { SmallExposure } from './small-exposure.ts';

/**
 * How far (0..1023, beyond what is nothing unusual) exposures contradict their neighbours in brightness
 * at every place. Two of three channels must: a strong colour alone may take another way through a
 * camera's tone curve than the greys that most of a scene consists of.
 * @param exposures the darkest first
 */
export function movedPlaces(exposures: readonly SmallExposure[]): Uint16Array {
  const [first] = exposures;
  const size = { width: first?.width ?? 0, height: first?.height ?? 0 };
  const most = new Uint16Array(size.width * size.height);
  const channels = [0, 1, 2].map(() => new Uint16Array(most.length));
  const [a, b, c] = channels as [Uint16Array, Uint16Array, Uint16Array];
  for (let k = 0; k + 1 < exposures.length; k++) {
    for (const [channel, into] of channels.entries()) {
      const darker = exposures[k]?.channels[channel];
      const brighter = exposures[k + 1]?.channels[channel];
      if (darker === undefined || brighter === undefined) continue;
      const expectation = expectationOf(darker, brighter);
      measureDeviation({ darker, brighter, expectation }, size, into);
    }
    for (let i = 0; i < most.length; i++) {
      const p = a[i] as number;
      const q = b[i] as number;
      const r = c[i] as number;
      const second = p > q ? (q > r ? q : p > r ? r : p) : p > r ? p : q > r ? r : q;
      if (second > (most[i] as number)) most[i] = second;
    }
  }
  return most;
}

type Size = { readonly width: number; readonly height: number };

type Pair = {
  readonly darker: Uint16Array;
  readonly brighter: Uint16Array;
  readonly expectation: Expectation;
};

/**
 * How far the brighter exposure is from anything the darker one lets expect, in one channel. What is
 * expected a pixel further is expected here as well: edges may lie that far apart where the camera
 * moved, and light spills over them.
 */
function measureDeviation(pair: Pair, { width, height }: Size, into: Uint16Array): void {
  const { darker, brighter } = pair;
  const { low, high } = pair.expectation;
  const rows = [0, 1, 2].map(() => ({
    least: new Uint16Array(width),
    most: new Uint16Array(width),
  })) as [Extremes, Extremes, Extremes];
  findExtremes(darker, 0, rows[0]);
  findExtremes(darker, 0, rows[1]);
  let [above, here, below] = rows;
  for (let y = 0; y < height; y++) {
    findExtremes(darker, Math.min(height - 1, y + 1) * width, below);
    for (let x = 0, at = y * width; x < width; x++, at++) {
      const least = Math.min(
        above.least[x] as number,
        here.least[x] as number,
        below.least[x] as number,
      );
      const most = Math.max(
        above.most[x] as number,
        here.most[x] as number,
        below.most[x] as number,
      );
      const value = brighter[at] as number;
      const off = Math.max((low[least] as number) - value, value - (high[most] as number));
      into[at] = off > 0 ? off : 0;
    }
    [above, here, below] = [here, below, above];
  }
}

type Extremes = { readonly least: Uint16Array; readonly most: Uint16Array };

/** Smallest and largest of three neighbours along a row that begins at `from`. */
function findExtremes(data: Uint16Array, from: number, { least, most }: Extremes): void {
  const last = least.length - 1;
  let left = data[from] as number;
  let here = left;
  for (let x = 0; x <= last; x++) {
    const right = x < last ? (data[from + x + 1] as number) : here;
    least[x] = left < here ? (left < right ? left : right) : here < right ? here : right;
    most[x] = left > here ? (left > right ? left : right) : here > right ? here : right;
    left = here;
    here = right;
  }
}
