/** A rectangle anywhere in the plane. */
export type Box = {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
};

type Point = readonly [x: number, y: number];

/** Each round leaves this part of a range: all of them one in eighty million. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;
const ROUNDS = 38;

/**
 * The largest upright rectangle of a given shape within an outline.
 * For a rectangle around a given centre the answer is a distance: in units of half its sides, the
 * distance max(|x|, |y|) from the centre to the nearest point of the outline. Inside a convex outline that
 * distance is a concave function of the centre, so the lower ends of a range can be cut away: for
 * every place across that of the height, and around that of the places across.
 * @param outline a closed line, in order, as good as convex
 * @param aspect width / height
 */
export function largestCrop(outline: readonly Point[], aspect: number): Box {
  const scaled = outline.map(([x, y]): Point => [x / aspect, y]);
  const across = rangeOf(scaled.map(([x]) => x));
  const down = rangeOf(scaled.map(([, y]) => y));
  const line = lineOf(scaled);
  const bestRow = (x: number) => highest(down, (y) => room(line, x, y));
  const x = highest(across, (place) => bestRow(place).value).place;
  const { place: y, value } = bestRow(x);
  const [width, height] = [2 * value * aspect, 2 * value];
  return { left: x * aspect - width / 2, top: y - height / 2, width, height };
}

type Range = readonly [from: number, to: number];

function rangeOf(values: readonly number[]): Range {
  return [Math.min(...values), Math.max(...values)];
}

/** Where a concave function is highest, by golden sections (Kiefer 1953). */
function highest(
  [from, to]: Range,
  valueAt: (place: number) => number,
): { place: number; value: number } {
  let [low, high] = [from, to];
  let [first, second] = [high - GOLDEN * (high - low), low + GOLDEN * (high - low)];
  let [lower, upper] = [valueAt(first), valueAt(second)];
  for (let round = 0; round < ROUNDS; round++) {
    if (lower < upper) {
      [low, first, lower] = [first, second, upper];
      second = low + GOLDEN * (high - low);
      upper = valueAt(second);
    } else {
      [high, second, upper] = [second, first, lower];
      first = high - GOLDEN * (high - low);
      lower = valueAt(first);
    }
  }
  return lower < upper ? { place: second, value: upper } : { place: first, value: lower };
}

/** Corners of a closed line. */
type Line = { readonly xs: Float64Array; readonly ys: Float64Array };

function lineOf(outline: readonly Point[]): Line {
  return {
    xs: Float64Array.from(outline, ([x]) => x),
    ys: Float64Array.from(outline, ([, y]) => y),
  };
}

/**
 * Largest-coordinate distance from a point to the line, below 0 outside of it: a ray to the right
 * crosses the line an odd number of times from inside.
 */
function room({ xs, ys }: Line, x: number, y: number): number {
  // Points of a piece: how far along it they lie, the first at its beginning.
  const shares = new Float64Array(5);
  let least = Number.POSITIVE_INFINITY;
  let inside = false;
  let ax = (xs[xs.length - 1] as number) - x;
  let ay = (ys[ys.length - 1] as number) - y;
  for (let i = 0; i < xs.length; i++) {
    const bx = (xs[i] as number) - x;
    const by = (ys[i] as number) - y;
    const dx = bx - ax;
    const dy = by - ay;
    if (ay > 0 !== by > 0 && 0 < ax - (dx * ay) / dy) inside = !inside;
    // The nearest point of a piece is an end, or on a diagonal, or on an axis.
    shares[1] = (ax - ay) / (dy - dx);
    shares[2] = -(ax + ay) / (dx + dy);
    shares[3] = -ax / dx;
    shares[4] = -ay / dy;
    for (let k = 0; k < shares.length; k++) {
      const t = shares[k] as number;
      if (t >= 0 && t < 1)
        least = Math.min(least, Math.max(Math.abs(ax + t * dx), Math.abs(ay + t * dy)));
    }
    ax = bx;
    ay = by;
  }
  return inside ? least : -least;
}
