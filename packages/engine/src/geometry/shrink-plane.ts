import { createPlane, type Plane } from '../pixels/picture.ts';

/**
 * A copy that is exactly `factor` times smaller, whole or not: each pixel is the mean of what it covers.
 * What is left over at the right and at the bottom is cut off.
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

/** Which pixels each small pixel covers, and what part of it they are: `starts[i]`..`starts[i + 1]`. */
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
    const [from, to] = [i * factor, Math.min(size, (i + 1) * factor)];
    for (let place = Math.floor(from); place < to; place++) {
      places.push(place);
      shares.push((Math.min(to, place + 1) - Math.max(from, place)) / (to - from));
    }
    starts[i + 1] = places.length;
  }
  return { starts, places, shares };
}
