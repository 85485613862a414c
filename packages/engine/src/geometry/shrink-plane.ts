import { createPlane, type Plane } from '../pixels/picture.ts';

/**
 * A copy that is exactly `factor` times smaller, whole or not: each pixel is a weighted mean of those around
 * its centre, the nearer the heavier. What is left over at the right and at the bottom is cut off.
 */
export function shrinkPlane(plane: Plane, factor: number): Plane {
  const out = createPlane(
    Math.max(1, Math.floor(plane.width / factor)),
    Math.max(1, Math.floor(plane.height / factor)),
  );
  const columns = sharesOf(out.width, plane.width, factor);
  const rows = sharesOf(out.height, plane.height, factor);
  const line = new Float32Array(plane.width);
  for (let y = 0; y < out.height; y++) {
    line.fill(0);
    for (let j = rows.starts[y] as number; j < (rows.starts[y + 1] as number); j++) {
      const share = rows.shares[j] as number;
      const from = (rows.places[j] as number) * plane.width;
      for (let x = 0; x < plane.width; x++)
        line[x] = (line[x] as number) + share * (plane.data[from + x] as number);
    }
    for (let x = 0; x < out.width; x++) {
      let sum = 0;
      for (let i = columns.starts[x] as number; i < (columns.starts[x + 1] as number); i++)
        sum += (columns.shares[i] as number) * (line[columns.places[i] as number] as number);
      out.data[y * out.width + x] = sum;
    }
  }
  return out;
}

/** Which pixels each small pixel is made of, and what part of it they are: `starts[i]`..`starts[i + 1]`. */
type Shares = {
  readonly starts: Int32Array;
  readonly places: readonly number[];
  readonly shares: readonly number[];
};

function sharesOf(count: number, size: number, factor: number): Shares {
  const starts = new Int32Array(count + 1);
  const places: number[] = [];
  const shares: number[] = [];
  for (let i = 0; i < count; i++) {
    const centre = (i + 0.5) * factor - 0.5;
    // Between whole pixels a tent is a little lopsided: it is moved until its mean is the centre.
    let tent = tentAt(centre, factor);
    for (let round = 0; round < 2; round++) tent = tentAt(tent.at + centre - tent.mean, factor);
    for (const [k, share] of tent.shares.entries()) {
      places.push(Math.min(size - 1, Math.max(0, tent.first + k)));
      shares.push(share);
    }
    starts[i + 1] = places.length;
  }
  return { starts, places, shares };
}

/** Weights that fall from `at` to nothing at a distance of `reach` pixels, and their centre of gravity. */
function tentAt(
  at: number,
  reach: number,
): { at: number; first: number; shares: number[]; mean: number } {
  const first = Math.ceil(at - reach);
  const heights: number[] = [];
  for (let place = first; place <= at + reach; place++)
    heights.push(Math.max(0, 1 - Math.abs(place - at) / reach));
  const sum = heights.reduce((total, height) => total + height, 0);
  const shares = heights.map((height) => height / sum);
  const mean = shares.reduce((total, share, k) => total + share * (first + k), 0);
  return { at, first, shares, mean };
}
