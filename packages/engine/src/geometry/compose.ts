import { followedBy, IDENTITY, inverted, moved } from '../align/homography.ts';
import type { Homography } from '../plan/plan.ts';
import { type Box, largestCrop } from './crop.ts';
import type { Geometry, Lens } from './geometry.ts';
import { straighten } from './lens-model.ts';

type Size = { readonly width: number; readonly height: number };

/** Pieces per side of the outline the crop is fitted into, where a lens bends it. */
const PIECES = 24;

/** What the search for the crop may lack of a whole pixel. */
const ROUNDED = 1e-3;

/**
 * Lens and upright as one way back from a result of the same shape as the picture, cropped to what the
 * picture shows everywhere. Nothing is enlarged: the result has as many pixels as the crop.
 */
export function composeGeometry(
  picture: Size,
  lens: Lens | null,
  toUpright: Homography | null,
): Geometry {
  const upright = toUpright ?? IDENTITY;
  const there = (x: number, y: number): [x: number, y: number] => {
    const [u, v] = straightened(lens, x, y);
    const point = moved(upright, u, v);
    return [point.x, point.y];
  };
  const pieces = lens === null || lens.k1 === 0 ? 1 : PIECES;
  const outline = outlineOf(picture, pieces).map(([x, y]) => there(x, y));
  const box = largestCrop(outline, picture.width / picture.height);
  const width = Math.max(1, Math.min(picture.width, Math.floor(box.width + ROUNDED)));
  const height = Math.max(1, Math.min(picture.height, Math.floor(box.height + ROUNDED)));
  return {
    width,
    height,
    toPicture: followedBy(cropped(box, { width, height }), inverted(upright)),
    lens,
  };
}

/** From pixels of the result to pixels of the upright plane. */
function cropped(box: Box, size: Size): Homography {
  return [box.width / size.width, 0, box.left, 0, box.height / size.height, box.top, 0, 0, 1];
}

function straightened(lens: Lens | null, x: number, y: number): [x: number, y: number] {
  if (lens === null || lens.k1 === 0) return [x, y];
  const [dx, dy] = [x - lens.centreX, y - lens.centreY];
  const r = Math.hypot(dx, dy) / lens.radius;
  const factor = r === 0 ? 1 : straighten(r, lens.k1) / r;
  return [lens.centreX + dx * factor, lens.centreY + dy * factor];
}

/** The edge of the picture, clockwise from the top left. */
function outlineOf({ width, height }: Size, pieces: number): [x: number, y: number][] {
  const points: [number, number][] = [];
  const side = (from: [number, number], to: [number, number]): void => {
    for (let i = 0; i < pieces; i++) {
      const share = i / pieces;
      points.push([from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share]);
    }
  };
  side([0, 0], [width, 0]);
  side([width, 0], [width, height]);
  side([width, height], [0, height]);
  side([0, height], [0, 0]);
  return points;
}
