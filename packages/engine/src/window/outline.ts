export type Point = readonly [x: number, y: number];

/** Corners of the convex hull, in order. Andrew's monotone chain, 1979. */
export function hullOf(points: readonly Point[]): Point[] {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  if (sorted.length < 3) return sorted;
  const lower = chain(sorted);
  const upper = chain(sorted.reverse());
  return [...lower.slice(0, -1), ...upper.slice(0, -1)];
}

function chain(points: readonly Point[]): Point[] {
  const kept: Point[] = [];
  for (const point of points) {
    for (let last = kept.length - 1; last > 0; last--) {
      if (cross(kept[last - 1] as Point, kept[last] as Point, point) > 0) break;
      kept.pop();
    }
    kept.push(point);
  }
  return kept;
}

function cross(a: Point, b: Point, c: Point): number {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
}

/** Area of a polygon. */
export function areaOf(corners: readonly Point[]): number {
  let sum = 0;
  for (const [index, [x, y]] of corners.entries()) {
    const [nextX, nextY] = corners[(index + 1) % corners.length] as Point;
    sum += x * nextY - nextX * y;
  }
  return Math.abs(sum) / 2;
}

/**
 * How much of the tightest four-sided figure around it a convex polygon fills: 1 for quadrilaterals,
 * at most 0.79 for an ellipse. Sides are taken away one by one, each time the one whose neighbours, made
 * longer until they meet, add the least area.
 */
export function squareness(hull: readonly Point[]): number {
  let corners = [...hull];
  while (corners.length > 4) {
    let [least, smaller]: [number, Point[] | null] = [Number.POSITIVE_INFINITY, null];
    for (let side = 0; side < corners.length; side++) {
      const cut = withoutSide(corners, side);
      if (cut === null || cut.added >= least) continue;
      [least, smaller] = [cut.added, cut.corners];
    }
    if (smaller === null) break;
    corners = smaller;
  }
  const around = areaOf(corners);
  return around > 0 ? areaOf(hull) / around : 0;
}

function withoutSide(
  corners: readonly Point[],
  side: number,
): { readonly corners: Point[]; readonly added: number } | null {
  const at = (index: number) => corners[(index + corners.length) % corners.length] as Point;
  const [a, b, c, d] = [at(side - 1), at(side), at(side + 1), at(side + 2)];
  const [x1, y1, x2, y2] = [b[0] - a[0], b[1] - a[1], c[0] - d[0], c[1] - d[1]];
  const turn = x1 * y2 - y1 * x2;
  if (Math.abs(turn) < 1e-9) return null;
  const along = ((d[0] - a[0]) * y2 - (d[1] - a[1]) * x2) / turn;
  const back = ((d[0] - a[0]) * y1 - (d[1] - a[1]) * x1) / turn;
  // Neighbours that part from each other never meet on this side.
  if (along < 1 || back < 1) return null;
  const corner: Point = [a[0] + along * x1, a[1] + along * y1];
  const rest = corners.filter((_, index) => index !== (side + 1) % corners.length);
  const place = side > (side + 1) % corners.length ? side - 1 : side;
  rest[place] = corner;
  return { corners: rest, added: areaOf([b, corner, c]) };
}
