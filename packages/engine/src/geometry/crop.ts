/** A rectangle anywhere in the plane. */
export type Box = {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
};

type Point = readonly [x: number, y: number];

/** Rounds of the search; each halves the step. */
const ROUNDS = 20;

const DIRECTIONS: readonly Point[] = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
  [1, 1],
  [-1, 1],
  [1, -1],
  [-1, -1],
];

/**
 * The largest upright rectangle of a given shape within an outline.
 * For a rectangle around a given centre the answer is a distance: in units of half its sides, the
 * distance max(|x|, |y|) from the centre to the nearest point of the outline. What is left is to find the
 * centre with the largest distance, which has no second-best peaks inside a convex outline.
 * @param outline a closed line, in order, that goes once around `start`
 * @param aspect width / height
 */
export function largestCrop(outline: readonly Point[], aspect: number, start: Point): Box {
  const scaled = outline.map(([x, y]): Point => [x / aspect, y]);
  let centre: Point = [start[0] / aspect, start[1]];
  let most = distance(scaled, centre);
  let step = most / 2;
  for (let round = 0; round < ROUNDS; ) {
    let moved = false;
    for (const [dx, dy] of DIRECTIONS) {
      const next: Point = [centre[0] + dx * step, centre[1] + dy * step];
      const room = distance(scaled, next);
      if (room <= most || !surrounds(scaled, next)) continue;
      [centre, most, moved] = [next, room, true];
    }
    if (moved) continue;
    step /= 2;
    round++;
  }
  const [width, height] = [2 * most * aspect, 2 * most];
  return { left: centre[0] * aspect - width / 2, top: centre[1] - height / 2, width, height };
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
