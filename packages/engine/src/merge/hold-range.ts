import { createPlane, type Plane } from '../pixels/picture.ts';
import { added, expandPlane } from './bands.ts';

/**
 * Blended bands can leave the range: a bright pane between bright frames, a dark chair before a wall.
 * Cut off there, what they show is lost, so the coarse part of the fusion is tried out and changed
 * where it, or the fine detail upon it, would not fit: exposures that bring it back are preferred
 * (`tilt`), and the structure that leads out of the range is held back (`hold`).
 */
export type Held = {
  /** As large as `level`: added to the logarithm of an exposure's weight per unit of its luma. */
  readonly tilt: Plane;
  /** As large as `level`: factor on the weights of the levels from `level` to below `base`. */
  readonly hold: Plane;
};

/** Levels between the place where the range is watched and the base that is left alone. */
export const HELD_LEVELS = 4;

/** Fine detail may reach this many times its root mean square to each side. */
const REACH = 1;
const HOLD_REACH = 1;

const MAX_TILT = 3;
const MIN_HOLD = 0.2;

/** Variance of luma between exposures below which preferring one changes little. */
const VARIANCE_FLOOR = 0.01;

/** What one attempt came to. */
export type Attempt = {
  /** The blended Laplacian pyramid of luma, from `level` on. */
  readonly blended: readonly Plane[];
  /** Luma of each exposure at `level`. */
  readonly lumas: readonly Plane[];
  /** Merit of each exposure at `level`. */
  readonly merits: readonly Plane[];
  /** Root mean square of the blended detail finer than `level`, there. */
  readonly fine: Plane;
  /** Of `lumas`, see `rangeOf`. */
  readonly range: Range;
};

/** How dark and how bright a place is in any of its exposures, fine detail included. */
export type Range = { readonly low: Plane; readonly high: Plane };

/**
 * @param lumas of the exposures
 * @param fines mean square of the finer detail of each
 */
export function rangeOf(lumas: readonly Plane[], fines: readonly Plane[]): Range {
  const [first] = lumas;
  if (first === undefined) throw new RangeError('a range needs at least one plane');
  const [low, high] = [first.data.slice().fill(1), first.data.slice().fill(0)];
  for (const [k, { data }] of lumas.entries()) {
    for (let i = 0; i < data.length; i++) {
      const value = data[i] as number;
      const reach = REACH * Math.sqrt(fines[k]?.data[i] as number);
      low[i] = Math.max(0, Math.min(low[i] as number, value - reach));
      high[i] = Math.min(1, Math.max(high[i] as number, value + reach));
    }
  }
  return { low: { ...first, data: low }, high: { ...first, data: high } };
}

export function nothingHeld({ width, height }: Plane): Held {
  const hold = createPlane(width, height);
  hold.data.fill(1);
  return { tilt: createPlane(width, height), hold };
}

/** Looks at one attempt and says how the next should differ. */
export function holdMore(before: Held, attempt: Attempt): Held {
  const { blended, fine, range } = attempt;
  const luma = collapsed(blended, 0);
  const base = collapsed(blended, HELD_LEVELS);
  return {
    tilt: tilted(before.tilt, luma, attempt),
    hold: heldBack(before.hold, { luma, base, fine, range }),
  };
}

/** One step of Newton's method: luma changes with the tilt by its weighted variance over the exposures. */
function tilted(before: Plane, luma: Plane, { lumas, merits, fine, range }: Attempt): Plane {
  const wanted = createPlane(before.width, before.height);
  const slope = createPlane(before.width, before.height);
  for (let i = 0; i < wanted.data.length; i++) {
    const value = luma.data[i] as number;
    const reach = REACH * (fine.data[i] as number);
    const low = reach + (range.low.data[i] as number);
    const high = (range.high.data[i] as number) - reach;
    wanted.data[i] = Math.max(0, low - value) - Math.max(0, value - high);
    const tilt = before.data[i] as number;
    let sum = 0;
    let mean = 0;
    let square = 0;
    for (let k = 0; k < lumas.length; k++) {
      const own = lumas[k]?.data[i] as number;
      const merit = merits[k]?.data[i] as number;
      const weight = tilt === 0 ? merit : merit * Math.exp(tilt * (own - 0.5));
      sum += weight;
      mean += weight * own;
      square += weight * own * own;
    }
    slope.data[i] = square / sum - (mean / sum) ** 2;
  }
  const [smoothWanted, smoothSlope] = [smoothed(wanted), smoothed(slope)];
  const tilt = createPlane(before.width, before.height);
  for (let i = 0; i < tilt.data.length; i++) {
    const step =
      (smoothWanted.data[i] as number) / ((smoothSlope.data[i] as number) + VARIANCE_FLOOR);
    tilt.data[i] = Math.min(MAX_TILT, Math.max(-MAX_TILT, (before.data[i] as number) + step));
  }
  return tilt;
}

/** Shares of the structure upon the base that would still fit. */
function heldBack(
  before: Plane,
  { luma, base, fine, range }: { luma: Plane; base: Plane; fine: Plane; range: Range },
): Plane {
  const share = createPlane(before.width, before.height);
  for (let i = 0; i < share.data.length; i++) {
    const value = luma.data[i] as number;
    const reach = HOLD_REACH * (fine.data[i] as number);
    const upon = value - (base.data[i] as number);
    const low = reach + (range.low.data[i] as number);
    const high = (range.high.data[i] as number) - reach;
    const outside = upon > 0 ? value - high : low - value;
    share.data[i] = Math.max(0, 1 - Math.max(0, outside) / (Math.abs(upon) + 0.02));
  }
  const hold = smoothed(share);
  for (let i = 0; i < hold.data.length; i++) {
    const product = (hold.data[i] as number) * (before.data[i] as number);
    hold.data[i] = Math.max(MIN_HOLD, Math.min(1, product));
  }
  return hold;
}

/** A Laplacian pyramid summed up from its coarsest level to level `from`, brought to the size of its finest. */
function collapsed(pyramid: readonly Plane[], from: number): Plane {
  const last = pyramid.length - 1;
  let sum = pyramid[last] as Plane;
  for (let level = last - 1; level >= 0; level--) {
    const finer = pyramid[level] as Plane;
    const larger = expandPlane(sum, finer);
    sum = level >= from ? added(larger, finer) : larger;
  }
  return sum;
}

/** [1 2 1] / 4 in both directions, edges repeated. */
function smoothed({ width, height, data }: Plane): Plane {
  const out = createPlane(width, height);
  const column = new Float32Array(width);
  for (let y = 0; y < height; y++) {
    const [above, here] = [Math.max(0, y - 1) * width, y * width];
    const below = Math.min(height - 1, y + 1) * width;
    for (let x = 0; x < width; x++)
      column[x] =
        (data[above + x] as number) + 2 * (data[here + x] as number) + (data[below + x] as number);
    for (let x = 0; x < width; x++) {
      const left = column[x > 0 ? x - 1 : 0] as number;
      const right = column[x + 1 < width ? x + 1 : x] as number;
      out.data[here + x] = (left + 2 * (column[x] as number) + right) / 16;
    }
  }
  return out;
}
