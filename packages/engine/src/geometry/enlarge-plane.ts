import { CUBIC_WEIGHTS, FRACTIONS } from '../pixels/cubic.ts';
import { createPlane, type Plane } from '../pixels/picture.ts';

/** A copy that is exactly `factor` times larger (rounded down at the right and the bottom), bicubically. */
export function enlargePlane(plane: Plane, factor: number): Plane {
  const width = Math.max(1, Math.floor(plane.width * factor));
  const height = Math.max(1, Math.floor(plane.height * factor));
  const wide = createPlane(width, plane.height);
  const columns = placesOf(width, factor);
  for (let x = 0; x < width; x++) {
    const { first, weights } = columns[x] as Place;
    for (let k = 0; k < 4; k++) {
      const column = Math.min(plane.width - 1, Math.max(0, first + k));
      const weight = weights[k] as number;
      for (let y = 0; y < plane.height; y++) {
        const at = y * width + x;
        wide.data[at] =
          (wide.data[at] as number) + weight * (plane.data[y * plane.width + column] as number);
      }
    }
  }
  const out = createPlane(width, height);
  for (const [y, { first, weights }] of placesOf(height, factor).entries()) {
    for (let k = 0; k < 4; k++) {
      const row = Math.min(plane.height - 1, Math.max(0, first + k)) * width;
      const weight = weights[k] as number;
      for (let x = 0; x < width; x++)
        out.data[y * width + x] =
          (out.data[y * width + x] as number) + weight * (wide.data[row + x] as number);
    }
  }
  return out;
}

/** The first of four pixels that a large one is made of, and their weights. */
type Place = { readonly first: number; readonly weights: Float64Array };

function placesOf(count: number, factor: number): Place[] {
  return Array.from({ length: count }, (_, i) => {
    const place = Math.round(((i + 0.5) / factor - 0.5) * FRACTIONS);
    const at = 4 * (place & (FRACTIONS - 1));
    return {
      first: Math.floor(place / FRACTIONS) - 1,
      weights: CUBIC_WEIGHTS.subarray(at, at + 4),
    };
  });
}
