import { CUBIC_WEIGHTS, FRACTIONS } from '../pixels/cubic.ts';
import type { Plane } from '../pixels/picture.ts';
import { type Rows, resizeRows, rowsOf, type Taps, tapsOf } from './resize-rows.ts';

/** A copy that is exactly `factor` times larger (rounded down at the right and the bottom), bicubically. */
export function enlargeRows(source: Rows, factor: number): Plane {
  const columns = cubicTaps(source.width, factor);
  return resizeRows(source, columns, cubicTaps(source.height, factor));
}

export function enlargePlane(plane: Plane, factor: number): Plane {
  return enlargeRows(rowsOf(plane), factor);
}

function cubicTaps(size: number, factor: number): Taps {
  const count = Math.max(1, Math.floor(size * factor));
  const wanted = Array.from({ length: count }, (_, i) => {
    const place = Math.round(((i + 0.5) / factor - 0.5) * FRACTIONS);
    const at = 4 * (place & (FRACTIONS - 1));
    return {
      first: Math.floor(place / FRACTIONS) - 1,
      weights: CUBIC_WEIGHTS.subarray(at, at + 4),
    };
  });
  return tapsOf(wanted, size);
}
