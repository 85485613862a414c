import { createPlane, type Plane } from '../pixels/picture.ts';
import { halved } from '../pixels/pyramid.ts';

/** How far, in samples of each level, what an exposure must not show reaches into its Laplacian. */
const REACH = 2;

/**
 * Takes exposures out of the sum wherever what they must not show has a part in it. A coefficient of a
 * coarse level is made of many pixels: with the mask's mean as its weight, half of a moved person would
 * shine through. The others take over what is missing, in their own proportions.
 * @param weights for each layer one plane per level; changed in place
 * @param masks for each layer 0..1 as large as level 0, or `null`; at each pixel one of them is 1
 */
export function keepOut(
  weights: readonly (readonly Plane[])[],
  masks: readonly (Plane | null)[],
): void {
  let kept = masks.map((mask) => (mask === null ? null : keptOut(mask)));
  for (const [level] of (weights[0] ?? []).entries()) {
    if (kept.every((mask) => mask === null)) return;
    share(
      weights.map((planes) => planes[level] as Plane),
      kept.map((mask) => (mask === null ? null : lowest(mask, REACH))),
    );
    kept = kept.map((mask) => (mask === null ? null : halvedMean(mask)));
  }
}

/** A mask, and the rows that are not 1 all along. */
type Kept = { readonly mask: Plane; readonly from: number; readonly to: number };

/** `null`: the mask forbids nothing. */
function keptOut(mask: Plane): Kept | null {
  const { width, data } = mask;
  const forbids = (value: number): boolean => value < 1;
  const first = data.findIndex(forbids);
  if (first < 0) return null;
  const last = data.findLastIndex(forbids);
  return { mask, from: Math.floor(first / width), to: Math.floor(last / width) + 1 };
}

/** Gives what masks take from some layers to the others, in their own proportions. */
function share(planes: readonly Plane[], masks: readonly (Kept | null)[]): void {
  const width = planes[0]?.width ?? 0;
  const touched = masks.filter((mask) => mask !== null);
  const from = Math.min(...touched.map((mask) => mask.from));
  const to = Math.max(...touched.map((mask) => mask.to));
  const [before, after] = [new Float32Array(width), new Float32Array(width)];
  for (let y = from; y < to; y++) {
    before.fill(0);
    after.fill(0);
    const at = y * width;
    for (const [k, { data }] of planes.entries())
      addRow(before, after, { row: at, weights: data, mask: masks[k]?.mask.data ?? null });
    // Where the mask's reach leaves nobody, everybody stays.
    for (let x = 0; x < width; x++) {
      const [was, is] = [before[x] as number, after[x] as number];
      before[x] = is < was && is >= 1e-4 * was ? was / is : 0;
    }
    for (const [k, { data }] of planes.entries())
      scaleRow(before, { row: at, weights: data, mask: masks[k]?.mask.data ?? null });
  }
}

type Row = {
  /** Index of its first sample. */
  readonly row: number;
  readonly weights: Float32Array;
  readonly mask: Float32Array | null;
};

function addRow(before: Float32Array, after: Float32Array, { row, weights, mask }: Row): void {
  for (let x = 0; x < before.length; x++) {
    const weight = weights[row + x] as number;
    before[x] = (before[x] as number) + weight;
    after[x] = (after[x] as number) + (mask === null ? weight : weight * (mask[row + x] as number));
  }
}

/** @param factors 0 where all stays as it is */
function scaleRow(factors: Float32Array, { row, weights, mask }: Row): void {
  for (let x = 0; x < factors.length; x++) {
    const factor = factors[x] as number;
    if (factor === 0) continue;
    const allowed = mask === null ? 1 : (mask[row + x] as number);
    weights[row + x] = (weights[row + x] as number) * allowed * factor;
  }
}

/** The lowest value within `reach` samples in each direction. */
function lowest({ mask, from, to }: Kept, reach: number): Kept {
  const { width, height, data } = mask;
  const out = createPlane(width, height);
  const [first, end] = [Math.max(0, from - reach), Math.min(height, to + reach)];
  out.data.fill(1);
  const row = new Float32Array(width);
  for (let y = from; y < to; y++) {
    lowestInRow(data.subarray(y * width, (y + 1) * width), reach, row);
    for (let v = Math.max(0, y - reach); v < Math.min(height, y + reach + 1); v++) {
      for (let x = 0, at = v * width; x < width; x++, at++)
        if ((row[x] as number) < (out.data[at] as number)) out.data[at] = row[x] as number;
    }
  }
  return { mask: out, from: first, to: end };
}

function lowestInRow(row: Float32Array, reach: number, into: Float32Array): void {
  into.set(row);
  for (let x = 0; x < row.length; x++) {
    const value = row[x] as number;
    if (value === 1) continue;
    for (let u = Math.max(0, x - reach); u <= Math.min(row.length - 1, x + reach); u++)
      if (value < (into[u] as number)) into[u] = value;
  }
}

/**
 * Half the size; each sample is the mean of those it stands for. What is much smaller than a sample has
 * as small a part in it, and must not take an exposure's light from half of the photo.
 */
function halvedMean({ mask, from, to }: Kept): Kept {
  const { width, height, data } = mask;
  const out = createPlane(halved(width), halved(height));
  out.data.fill(1);
  const [first, end] = [from >> 1, halved(to)];
  for (let y = first; y < end; y++) {
    const [upper, lower] = [2 * y * width, Math.min(height - 1, 2 * y + 1) * width];
    for (let x = 0; x < out.width; x++) {
      const left = 2 * x;
      const right = left + 1 < width ? left + 1 : left;
      out.data[y * out.width + x] =
        ((data[upper + left] as number) +
          (data[upper + right] as number) +
          (data[lower + left] as number) +
          (data[lower + right] as number)) /
        4;
    }
  }
  return { mask: out, from: first, to: end };
}
