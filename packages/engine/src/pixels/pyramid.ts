import { createPlane, type Plane } from './picture.ts';

/**
 * Gaussian pyramid operators of Burt & Adelson, "The Laplacian Pyramid as a Compact Image Code",
 * IEEE Trans. Commun. 31(4), 1983: kernel [1 4 6 4 1]/16, edges replicated. Rows are produced one
 * at a time so that full-size planes never have to exist.
 */

/** Fills `into` with row `y` (0 <= y < height) of some picture. */
export type RowReader = (y: number, into: Float32Array) => void;

/** Size of the next coarser level. */
export function halved(size: number): number {
  return (size + 1) >> 1;
}

/** Halves a picture that is only known row by row. Keeps five rows in memory. */
export function reduceRows(width: number, height: number, readRow: RowReader): Plane {
  const out = createPlane(halved(width), halved(height));
  const ring: Float32Array[] = Array.from({ length: 8 }, () => new Float32Array(width));
  const column = new Float32Array(width);
  let nextRow = 0;
  const rowAt = (y: number): Float32Array =>
    ring[Math.min(height - 1, Math.max(0, y)) & 7] as Float32Array;
  for (let j = 0; j < out.height; j++) {
    const lastNeeded = Math.min(height - 1, 2 * j + 2);
    for (; nextRow <= lastNeeded; nextRow++) readRow(nextRow, ring[nextRow & 7] as Float32Array);
    const y = 2 * j;
    blendFive([rowAt(y - 2), rowAt(y - 1), rowAt(y), rowAt(y + 1), rowAt(y + 2)], column);
    halveRow(column, out.data.subarray(j * out.width, (j + 1) * out.width));
  }
  return out;
}

/** Halves a plane. */
export function reducePlane({ width, height, data }: Plane): Plane {
  const out = createPlane(halved(width), halved(height));
  const column = new Float32Array(width);
  const rowAt = (y: number): number => Math.min(height - 1, Math.max(0, y)) * width;
  for (let j = 0; j < out.height; j++) {
    const y = 2 * j;
    const [a, b, c, d, e] = [rowAt(y - 2), rowAt(y - 1), y * width, rowAt(y + 1), rowAt(y + 2)];
    for (let x = 0; x < width; x++)
      column[x] =
        0.0625 * ((data[a + x] as number) + (data[e + x] as number)) +
        0.25 * ((data[b + x] as number) + (data[d + x] as number)) +
        0.375 * (data[c + x] as number);
    halveRow(column, out.data.subarray(j * out.width, (j + 1) * out.width));
  }
  return out;
}

/** The plane followed by its reductions, `levels` planes in all. */
export function gaussianPyramid(base: Plane, levels: number): Plane[] {
  const pyramid = [base];
  let last = base;
  while (pyramid.length < levels) {
    last = reducePlane(last);
    pyramid.push(last);
  }
  return pyramid;
}

/**
 * Row `y` of `coarse` brought to the next finer level, whose width is `into.length`.
 * `column` is scratch, at least `coarse.width` long.
 */
export function expandRow(
  coarse: Plane,
  y: number,
  rows: { into: Float32Array; column: Float32Array },
): void {
  const { width, height, data } = coarse;
  const { into, column } = rows;
  const j = y >> 1;
  const here = j * width;
  const below = Math.min(height - 1, j + 1) * width;
  if (y & 1) {
    for (let i = 0; i < width; i++)
      column[i] = 0.5 * ((data[here + i] as number) + (data[below + i] as number));
  } else {
    const above = Math.max(0, j - 1) * width;
    for (let i = 0; i < width; i++) {
      column[i] =
        0.125 * ((data[above + i] as number) + (data[below + i] as number)) +
        0.75 * (data[here + i] as number);
    }
  }
  doubleRow(column, width, into);
}

function blendFive(rows: readonly Float32Array[], into: Float32Array): void {
  const [a, b, c, d, e] = rows as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  for (let x = 0; x < into.length; x++) {
    into[x] =
      0.0625 * ((a[x] as number) + (e[x] as number)) +
      0.25 * ((b[x] as number) + (d[x] as number)) +
      0.375 * (c[x] as number);
  }
}

function halveRow(row: Float32Array, into: Float32Array): void {
  const last = row.length - 1;
  const width = into.length;
  for (let i = 0; i < width; i++) {
    const x = 2 * i;
    const a = row[x >= 2 ? x - 2 : 0] as number;
    const b = row[x >= 1 ? x - 1 : 0] as number;
    const d = row[x < last ? x + 1 : last] as number;
    const e = row[x + 1 < last ? x + 2 : last] as number;
    into[i] = 0.0625 * (a + e) + 0.25 * (b + d) + 0.375 * (row[x] as number);
  }
}

function doubleRow(column: Float32Array, width: number, into: Float32Array): void {
  let before = column[0] as number;
  let here = before;
  const fine = into.length;
  for (let i = 0; i < width; i++) {
    const after = column[i + 1 < width ? i + 1 : width - 1] as number;
    const x = 2 * i;
    into[x] = 0.125 * (before + after) + 0.75 * here;
    if (x + 1 < fine) into[x + 1] = 0.5 * (here + after);
    before = here;
    here = after;
  }
}
