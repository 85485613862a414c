import type { Box, Point } from './view.ts';

/** Four corners, clockwise from the top left. */
export type Quad = readonly [Point, Point, Point, Point];

type Nine = readonly [number, number, number, number, number, number, number, number, number];

/** A homography of the plane, row by row. */
export type Projection = Nine;

export function quadOf({ x, y, width, height }: Box): Quad {
  return [
    { x, y },
    { x: x + width, y },
    { x: x + width, y: y + height },
    { x, y: y + height },
  ];
}

/** All of a camera's frame, or of a picture. */
export const wholeFrame = quadOf({ x: 0, y: 0, width: 1, height: 1 });

export function project([a, b, c, d, e, f, g, h, i]: Projection, { x, y }: Point): Point {
  const w = g * x + h * y + i;
  return { x: (a * x + b * y + c) / w, y: (d * x + e * y + f) / w };
}

export function projectQuad(projection: Projection, [a, b, c, d]: Quad): Quad {
  const at = (corner: Point) => project(projection, corner);
  return [at(a), at(b), at(c), at(d)];
}

/** `first`, then `second`. */
function followedBy(first: Projection, second: Projection): Projection {
  const [a, b, c, d, e, f, g, h, i] = first;
  const row = (x: number, y: number, z: number) =>
    [x * a + y * d + z * g, x * b + y * e + z * h, x * c + y * f + z * i] as const;
  const [p, q, r, s, t, u, v, w, z] = second;
  return [...row(p, q, r), ...row(s, t, u), ...row(v, w, z)];
}

/** The way back. A homography is the same at any scale, so none is taken out. */
export function inverted([a, b, c, d, e, f, g, h, i]: Projection): Projection {
  return [
    ...[e * i - f * h, c * h - b * i, b * f - c * e],
    ...[f * g - d * i, a * i - c * g, c * d - a * f],
    ...[d * h - e * g, b * g - a * h, a * e - b * d],
  ] as unknown as Projection;
}

/** From shares of a picture to where its corners lie (Heckbert 1989). */
function fromShares([a, b, c, d]: Quad): Projection {
  const sx = a.x - b.x + c.x - d.x;
  const sy = a.y - b.y + c.y - d.y;
  const [ux, uy, vx, vy] = [b.x - c.x, b.y - c.y, d.x - c.x, d.y - c.y];
  const area = ux * vy - vx * uy;
  const g = (sx * vy - vx * sy) / area;
  const h = (ux * sy - sx * uy) / area;
  return [
    ...[b.x - a.x + g * b.x, d.x - a.x + h * d.x, a.x],
    ...[b.y - a.y + g * b.y, d.y - a.y + h * d.y, a.y],
    ...[g, h, 1],
  ] as unknown as Projection;
}

/** From shares of one picture to shares of another one of the same view; both say what of the frame they show. */
export function between(own: Quad = wholeFrame, other: Quad = wholeFrame): Projection {
  return followedBy(fromShares(own), inverted(fromShares(other)));
}

/** The same in pixels: of a picture of one size, and of another one. */
export function inPixels(
  projection: Projection,
  own: { width: number; height: number },
  other: { width: number; height: number },
): Projection {
  const shrunk: Projection = [1 / own.width, 0, 0, 0, 1 / own.height, 0, 0, 0, 1];
  const grown: Projection = [other.width, 0, 0, 0, other.height, 0, 0, 0, 1];
  return followedBy(followedBy(shrunk, projection), grown);
}

/** Less than any picture's pixel, as a share of it. */
const nothing = 1e-9;

/** Whether what is upright stays so: then a box says it all. */
export function isUpright([, b, , d, , , g, h, i]: Projection): boolean {
  return [b, d, g, h].every((value) => Math.abs(value / i) < nothing);
}

/**
 * Whether all of the other picture is covered, up to a rim of `slack` of it. Where a lens was corrected, corners say a
 * little too much or too little: no homography bends.
 */
export function isCovering(projection: Projection, slack: number): boolean {
  const back = inverted(projection);
  return wholeFrame.every((corner) => {
    const { x, y } = project(back, corner);
    return Math.min(x, y) > -slack && Math.max(x, y) < 1 + slack;
  });
}

/** Whether four corners can be those of a picture: in order, and none pushed in. */
export function isConvex(quad: Quad): boolean {
  return quad.every((corner, index) => {
    const next = quad[(index + 1) % 4] ?? corner;
    const last = quad[(index + 2) % 4] ?? corner;
    const turn = (next.x - corner.x) * (last.y - next.y) - (next.y - corner.y) * (last.x - next.x);
    return turn > nothing;
  });
}

/** How large a picture is drawn, in pixels of what it is laid on. */
export function drawnSize(projection: Projection, on: { width: number; height: number }) {
  const [a, b, c, d] = projectQuad(projection, wholeFrame);
  const long = (from: Point, to: Point) =>
    Math.hypot((to.x - from.x) * on.width, (to.y - from.y) * on.height);
  return {
    width: Math.max(long(a, b), long(d, c)),
    height: Math.max(long(a, d), long(b, c)),
  };
}

/** As CSS writes it, for an element whose transforms begin at its upper left corner. */
export function cssMatrix([a, b, c, d, e, f, g, h, i]: Projection): string {
  const columns = [a, d, 0, g, b, e, 0, h, 0, 0, i, 0, c, f, 0, i];
  return `matrix3d(${columns.map((value) => value / i).join(', ')})`;
}
