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
  const bestRow = (x: number) => highest(down, (y) => room(scaled, [x, y]));
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

/** Distance to the outline, below 0 outside of it. */
function room(outline: readonly Point[], point: Point): number {
  const away = distance(outline, point);
  return surrounds(outline, point) ? away : -away;
}

/** Largest-coordinate distance from a point to a closed line. */
function distance(outline: readonly Point[], [x, y]: Point): number {
  let least = Number.POSITIVE_INFINITY;
  let [ax, ay] = outline.at(-1) ?? [x, y];
  ax -= x;
  ay -= y;
  for (const [px, py] of outline) {
    const [bx, by] = [px - x, py - y];
    least = Math.min(least, toPiece([ax, ay], [bx, by]));
    [ax, ay] = [bx, by];
  }
  return least;
}

/** From the origin to a straight piece: the nearest point is an end, or on a diagonal, or on an axis. */
function toPiece([ax, ay]: Point, [bx, by]: Point): number {
  let least = Math.min(Math.max(Math.abs(ax), Math.abs(ay)), Math.max(Math.abs(bx), Math.abs(by)));
  const [dx, dy] = [bx - ax, by - ay];
  const consider = (t: number): void => {
    if (t > 0 && t < 1)
      least = Math.min(least, Math.max(Math.abs(ax + t * dx), Math.abs(ay + t * dy)));
  };
  consider((ax - ay) / (dy - dx));
  consider(-(ax + ay) / (dx + dy));
  consider(-ax / dx);
  consider(-ay / dy);
  return least;
}

/** Whether the outline goes around the point (a ray to the right crosses it an odd number of times). */
function surrounds(outline: readonly Point[], [x, y]: Point): boolean {
  let inside = false;
  let [ax, ay] = outline.at(-1) ?? [x, y];
  for (const [bx, by] of outline) {
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
    [ax, ay] = [bx, by];
  }
  return inside;
}
