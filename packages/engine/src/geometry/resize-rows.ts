import { createPlane, type Plane } from '../pixels/picture.ts';

/**
 * What the pixels of a row or column of the result are made of: `taps` neighbours each, the first of
 * them and their weights.
 */
export type Taps = {
  readonly taps: number;
  readonly first: Int32Array;
  readonly weights: Float64Array;
};

/** Pixels that are read row by row, each row at most a few times and nearly in order. */
export type Rows = {
  readonly width: number;
  readonly height: number;
  readonly read: (y: number, into: Float32Array) => void;
};

/** Beyond the ends of `size` pixels the last one is repeated. @param wanted first neighbour (any) and weights */
export function tapsOf(
  wanted: readonly { readonly first: number; readonly weights: ArrayLike<number> }[],
  size: number,
): Taps {
  const most = wanted.reduce((sum, { weights }) => Math.max(sum, weights.length), 1);
  const taps = Math.min(size, most);
  const first = new Int32Array(wanted.length);
  const weights = new Float64Array(wanted.length * taps);
  for (const [i, one] of wanted.entries()) {
    const begin = Math.min(size - taps, Math.max(0, one.first));
    first[i] = begin;
    for (let k = 0; k < one.weights.length; k++) {
      const place = Math.min(size - 1, Math.max(0, one.first + k));
      const at = i * taps + Math.min(taps - 1, Math.max(0, place - begin));
      weights[at] = (weights[at] as number) + (one.weights[k] as number);
    }
  }
  return { taps, first, weights };
}

/** First across, each row once, then down. */
export function resizeRows(source: Rows, columns: Taps, rows: Taps): Plane {
  const out = createPlane(columns.first.length, rows.first.length);
  const line = new Float32Array(source.width);
  // Rows that were read across: as many as one row of the result is made of.
  const kept = Array.from({ length: rows.taps }, () => new Float32Array(out.width));
  let next = 0;
  for (let y = 0; y < out.height; y++) {
    const first = rows.first[y] as number;
    next = Math.max(next, first);
    for (; next < first + rows.taps; next++) {
      source.read(next, line);
      across(line, columns, kept[next % rows.taps] as Float32Array);
    }
    const into = out.data.subarray(y * out.width, (y + 1) * out.width);
    for (let k = 0; k < rows.taps; k++)
      addRow(
        into,
        kept[(first + k) % rows.taps] as Float32Array,
        rows.weights[y * rows.taps + k] as number,
      );
  }
  return out;
}

function across(line: Float32Array, { taps, first, weights }: Taps, into: Float32Array): void {
  for (let x = 0, at = 0; x < into.length; x++) {
    const from = first[x] as number;
    let sum = 0;
    for (let i = from; i < from + taps; i++) sum += (weights[at++] as number) * (line[i] as number);
    into[x] = sum;
  }
}

function addRow(into: Float32Array, row: Float32Array, weight: number): void {
  for (let x = 0; x < into.length; x++) into[x] = (into[x] as number) + weight * (row[x] as number);
}

export function rowsOf({ width, height, data }: Plane): Rows {
  return {
    width,
    height,
    read: (y, into) => into.set(data.subarray(y * width, (y + 1) * width)),
  };
}
