import type { Plane } from '../pixels/picture.ts';
import { type Rows, resizeRows, rowsOf, type Taps, tapsOf } from './resize-rows.ts';

/**
 * A copy that is exactly `factor` times smaller, whole or not: each pixel is a weighted mean of those around
 * its centre, the nearer the heavier. What is left over at the right and at the bottom is cut off.
 */
export function shrinkRows(source: Rows, factor: number): Plane {
  const columns = tentTaps(source.width, factor);
  return resizeRows(source, columns, tentTaps(source.height, factor));
}

export function shrinkPlane(plane: Plane, factor: number): Plane {
  return shrinkRows(rowsOf(plane), factor);
}

function tentTaps(size: number, factor: number): Taps {
  const count = Math.max(1, Math.floor(size / factor));
  const wanted = Array.from({ length: count }, (_, i) => {
    const centre = (i + 0.5) * factor - 0.5;
    // Between whole pixels a tent is a little lopsided: it is moved until its mean is the centre.
    let tent = tentAt(centre, factor);
    for (let round = 0; round < 2; round++) tent = tentAt(tent.at + centre - tent.mean, factor);
    return tent;
  });
  return tapsOf(wanted, size);
}

type Tent = {
  readonly at: number;
  readonly first: number;
  readonly weights: number[];
  readonly mean: number;
};

/** Weights that fall from `at` to nothing at a distance of `reach` pixels, and their centre of gravity. */
function tentAt(at: number, reach: number): Tent {
  const first = Math.ceil(at - reach);
  const weights: number[] = [];
  let [sum, moment] = [0, 0];
  for (let place = first; place <= at + reach; place++) {
    const height = Math.max(0, 1 - Math.abs(place - at) / reach);
    weights.push(height);
    sum += height;
    moment += height * place;
  }
  for (let k = 0; k < weights.length; k++) weights[k] = (weights[k] as number) / sum;
  return { at, first, weights, mean: moment / sum };
}
