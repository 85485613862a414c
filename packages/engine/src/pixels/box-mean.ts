import { createPlane, type Plane } from './picture.ts';

/** Mean over a (2 radius + 1) square, cut at the borders. */
export function boxMean({ width, height, data }: Plane, radius: number): Plane {
  const out = createPlane(width, height);
  const sums = new Float64Array(width);
  const shares = Float64Array.from({ length: width }, (_, x) => 1 / reachOf(x, width, radius));
  for (let y = 0; y < Math.min(radius, height); y++) addRow(sums, data, y * width);
  for (let y = 0; y < height; y++) {
    if (y + radius < height) addRow(sums, data, (y + radius) * width);
    if (y - radius > 0) subtractRow(sums, data, (y - radius - 1) * width);
    slide(sums, radius, out.data.subarray(y * width, (y + 1) * width));
    const share = 1 / reachOf(y, height, radius);
    for (let x = 0, at = y * width; x < width; x++, at++)
      out.data[at] = (out.data[at] as number) * share * (shares[x] as number);
  }
  return out;
}

/** Samples within `radius` of one, of `length` in all. */
function reachOf(at: number, length: number, radius: number): number {
  return Math.min(length - 1, at + radius) - Math.max(0, at - radius) + 1;
}

/** Sums of a row over (2 radius + 1) samples, cut at its ends. */
function slide(row: Float64Array, radius: number, into: Float32Array): void {
  const { length } = row;
  let sum = 0;
  for (let x = 0; x < Math.min(radius, length); x++) sum += row[x] as number;
  const [full, late] = [Math.min(length, radius + 1), Math.max(0, length - radius)];
  let x = 0;
  for (; x < Math.min(full, late); x++) {
    sum += row[x + radius] as number;
    into[x] = sum;
  }
  for (; x < late; x++) {
    sum += (row[x + radius] as number) - (row[x - radius - 1] as number);
    into[x] = sum;
  }
  for (; x < length; x++) {
    if (x > radius) sum -= row[x - radius - 1] as number;
    into[x] = sum;
  }
}

function addRow(sums: Float64Array, data: Float32Array, from: number): void {
  for (let x = 0; x < sums.length; x++) sums[x] = (sums[x] as number) + (data[from + x] as number);
}

function subtractRow(sums: Float64Array, data: Float32Array, from: number): void {
  for (let x = 0; x < sums.length; x++) sums[x] = (sums[x] as number) - (data[from + x] as number);
}
