import { createPlane, type Plane } from '../pixels/picture.ts';
import { type Geometry, reduceGeometry, sourceOf } from './geometry.ts';

/**
 * Takes a small map that lies on the photo through the photo's geometry, bilinearly.
 * @param factor pixels of the geometry per pixel of the map
 */
export function warpPlane(map: Plane, geometry: Geometry, factor: number): Plane {
  const small = reduceGeometry(geometry, factor);
  const out = createPlane(small.width, small.height);
  for (let y = 0; y < out.height; y++) {
    for (let x = 0; x < out.width; x++) {
      const [u, v] = sourceOf(small, x + 0.5, y + 0.5);
      out.data[y * out.width + x] = valueAt(map, u - 0.5, v - 0.5);
    }
  }
  return out;
}

function valueAt({ width, height, data }: Plane, x: number, y: number): number {
  const u = Math.min(width - 1, Math.max(0, x));
  const v = Math.min(height - 1, Math.max(0, y));
  const [left, top] = [Math.floor(u), Math.floor(v)];
  const [right, below] = [Math.min(width - 1, left + 1), Math.min(height - 1, top + 1)];
  const at = (column: number, row: number): number => data[row * width + column] as number;
  const upper = at(left, top) + (u - left) * (at(right, top) - at(left, top));
  const lower = at(left, below) + (u - left) * (at(right, below) - at(left, below));
  return upper + (v - top) * (lower - upper);
}
