import { moved } from '../align/homography.ts';
import type { Rectangle } from '../plan/plan.ts';
import type { Geometry, Lens } from './geometry.ts';
import { bend } from './lens-model.ts';

type Point = readonly [x: number, y: number];

/** Clockwise from the top left. */
export type Corners = readonly [Point, Point, Point, Point];

/** Places per side of the photo that the lens is asked at. */
const PLACES = 12;

/**
 * Where the corners of the photo lie in the reference exposure, so that a homography through them lays one over the
 * other: exactly, but for what a lens bends. No homography bends; it gets the one scale that lies nearest over
 * the whole photo, where the corners' own would be off by most in its middle.
 * @param area the part of the reference that the geometry begins with, in the reference's pixels
 */
export function cornersOf(area: Rectangle, geometry: Geometry | null): Corners {
  const { width, height } = geometry ?? area;
  const toPicture = pictureOf(geometry);
  const at = (x: number, y: number): Point => {
    const [u, v] = toPicture(x, y);
    return [hundredths(area.left + u), hundredths(area.top + v)];
  };
  return [at(0, 0), at(width, 0), at(width, height), at(0, height)];
}

function pictureOf(geometry: Geometry | null): (x: number, y: number) => [number, number] {
  if (geometry === null) return (x, y) => [x, y];
  const { toPicture, lens } = geometry;
  const scale = lens === null || lens.k1 === 0 ? 1 : nearestScale(geometry, lens);
  const { centreX = 0, centreY = 0 } = lens ?? {};
  return (x, y) => {
    const straight = moved(toPicture, x, y);
    return [centreX + (straight.x - centreX) * scale, centreY + (straight.y - centreY) * scale];
  };
}

/** What straight distances from the axis are multiplied by to lie nearest to the bent ones: least squares. */
function nearestScale({ width, height, toPicture }: Geometry, lens: Lens): number {
  let [both, own] = [0, 0];
  for (let row = 0; row <= PLACES; row++) {
    for (let column = 0; column <= PLACES; column++) {
      const { x, y } = moved(toPicture, (column / PLACES) * width, (row / PLACES) * height);
      const r = Math.hypot(x - lens.centreX, y - lens.centreY) / lens.radius;
      both += r * bend(r, lens.k1);
      own += r * r;
    }
  }
  return both / own;
}

function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}
