/**
 * Gaussian and Laplacian pyramids of Burt & Adelson 1983: kernel [1 4 6 4 1] / 16, edges repeated.
 * The plain form is src/pixels/pyramid.ts.
 */
import {
  enlargeColumn,
  interleaveHigh,
  interleaveLow,
  nearer,
  PAD,
  padRow,
  rowAt,
} from './lib/plane';

/** 1/16, 1/4 and 3/8 for `q15mulr`. */
const SIXTEENTH: i16 = 2048;
const EIGHTH: i16 = 4096;
const QUARTER: i16 = 8192;
const THREE_EIGHTHS: i16 = 12288;
const HALF: i16 = 16384;
const THREE_QUARTERS: i16 = 24576;

/**
 * Rows `from`..`to` of the next coarser level.
 * @param scratch one row of the finer plane with its padding
 */
export function reduce(
  fine: usize,
  fineStride: i32,
  width: i32,
  height: i32,
  coarse: usize,
  coarseStride: i32,
  from: i32,
  to: i32,
  scratch: usize,
): void {
  const column = scratch + <usize>(PAD << 1);
  const half = (width + 1) >> 1;
  for (let y = from; y < to; y++) {
    const a = rowAt(fine, fineStride, height, 2 * y - 2);
    const b = rowAt(fine, fineStride, height, 2 * y - 1);
    const c = rowAt(fine, fineStride, height, 2 * y);
    const d = rowAt(fine, fineStride, height, 2 * y + 1);
    const e = rowAt(fine, fineStride, height, 2 * y + 2);
    for (let x: isize = -16; x < <isize>((width + 16) << 1); x += 16) {
      const outer = i16x8.add(v128.load(a + x), v128.load(e + x));
      const inner = i16x8.add(v128.load(b + x), v128.load(d + x));
      v128.store(column + x, five(outer, inner, v128.load(c + x)));
    }
    const into = coarse + <usize>(y * coarseStride);
    for (let x = 0; x < half; x += 8) {
      const at = column + <usize>(x << 2);
      const outer = i16x8.add(even(at - 4), even(at + 4));
      const inner = i16x8.add(odd(at - 4), odd(at));
      v128.store(into + <usize>(x << 1), five(outer, inner, even(at)));
    }
    padRow(into, half);
  }
}

function five(outer: v128, inner: v128, centre: v128): v128 {
  const sides = i16x8.add(
    i16x8.q15mulr_sat_s(outer, i16x8.splat(SIXTEENTH)),
    i16x8.q15mulr_sat_s(inner, i16x8.splat(QUARTER)),
  );
  return i16x8.add(sides, i16x8.q15mulr_sat_s(centre, i16x8.splat(THREE_EIGHTHS)));
}

/** Samples 0, 2, .. 14 from an address. */
function even(at: usize): v128 {
  return i8x16.shuffle(
    v128.load(at),
    v128.load(at, 16),
    0,
    1,
    4,
    5,
    8,
    9,
    12,
    13,
    16,
    17,
    20,
    21,
    24,
    25,
    28,
    29,
  );
}

/** Samples 1, 3, .. 15 from an address. */
function odd(at: usize): v128 {
  return i8x16.shuffle(
    v128.load(at),
    v128.load(at, 16),
    2,
    3,
    6,
    7,
    10,
    11,
    14,
    15,
    18,
    19,
    22,
    23,
    26,
    27,
    30,
    31,
  );
}

/** Adds the coarser level, brought to the size of this one, to rows `from`..`to`. */
export function collapse(
  fine: usize,
  fineStride: i32,
  width: i32,
  coarse: usize,
  coarseStride: i32,
  coarseHeight: i32,
  from: i32,
  to: i32,
  scratch: usize,
): void {
  const column = scratch + <usize>(PAD << 1);
  const half = (width + 1) >> 1;
  for (let y = from; y < to; y++) {
    expandColumn(coarse, coarseStride, half, coarseHeight, y, column);
    const into = fine + <usize>(y * fineStride);
    for (let x = 0; x < half; x += 8) {
      const at = into + <usize>(x << 2);
      const evens = doubledEven(column, x),
        odds = doubledOdd(column, x);
      v128.store(at, i16x8.add_sat_s(v128.load(at), interleaveLow(evens, odds)));
      v128.store(at, i16x8.add_sat_s(v128.load(at, 16), interleaveHigh(evens, odds)), 16);
    }
    padRow(into, width);
  }
}

/**
 * Blends one layer into the result, rows `from`..`to` of one level:
 * acc (+)= weight * (fine - expanded coarse).
 * @param coarse the layer's next coarser level; 0 at the coarsest, which counts whole
 * @param weight samples of 1.0 = 16384
 * @param weightHalf 0: weights as large as this level; 1: half as large, a weight for 2 x 2 samples,
 *   enlarged bilinearly on the way
 * @param first 1 for the first layer: acc is set instead of added to
 * @param scratch three rows with padding
 */
export function blend(
  fine: usize,
  fineStride: i32,
  width: i32,
  coarse: usize,
  coarseStride: i32,
  coarseHeight: i32,
  weight: usize,
  weightStride: i32,
  weightHeight: i32,
  weightHalf: i32,
  acc: usize,
  accStride: i32,
  first: i32,
  from: i32,
  to: i32,
  scratch: usize,
): void {
  const rowBytes = <usize>((width + 3 * PAD) << 1);
  const column = scratch + <usize>(PAD << 1);
  const weightColumn = column + rowBytes;
  const half = (width + 1) >> 1;
  for (let y = from; y < to; y++) {
    if (coarse) expandColumn(coarse, coarseStride, half, coarseHeight, y, column);
    if (weightHalf) enlargeColumn(weight, weightStride, half, weightHeight, y, weightColumn);
    const source = fine + <usize>(y * fineStride);
    const into = acc + <usize>(y * accStride);
    const weights = weight + <usize>(y * weightStride);
    for (let x = 0; x < half; x += 8) {
      const at = <usize>(x << 2);
      let low = v128.load(source + at),
        high = v128.load(source + at, 16);
      if (coarse) {
        const evens = doubledEven(column, x),
          odds = doubledOdd(column, x);
        low = i16x8.sub_sat_s(low, interleaveLow(evens, odds));
        high = i16x8.sub_sat_s(high, interleaveHigh(evens, odds));
      }
      let wLow: v128, wHigh: v128;
      if (weightHalf) {
        const evens = enlargedEven(weightColumn, x),
          odds = enlargedOdd(weightColumn, x);
        wLow = interleaveLow(evens, odds);
        wHigh = interleaveHigh(evens, odds);
      } else {
        wLow = v128.load(weights + at);
        wHigh = v128.load(weights + at, 16);
      }
      // Weights have 14 bits behind the point and `q15mulr` takes 15 away: the detail is doubled first.
      low = i16x8.q15mulr_sat_s(i16x8.add_sat_s(low, low), wLow);
      high = i16x8.q15mulr_sat_s(i16x8.add_sat_s(high, high), wHigh);
      if (!first) {
        low = i16x8.add_sat_s(low, v128.load(into + at));
        high = i16x8.add_sat_s(high, v128.load(into + at, 16));
      }
      v128.store(into + at, low);
      v128.store(into + at, high, 16);
    }
    padRow(into, width);
  }
}

/**
 * Doubles a map bilinearly, pixel centres kept: a sample that stood for n x n pixels becomes four that
 * stand for n/2 x n/2. Rows `from`..`to` of the result; `width` and `height` are those of the result.
 */
export function enlarge(
  small: usize,
  smallStride: i32,
  smallHeight: i32,
  into: usize,
  intoStride: i32,
  width: i32,
  from: i32,
  to: i32,
  scratch: usize,
): void {
  const column = scratch + <usize>(PAD << 1);
  const half = (width + 1) >> 1;
  for (let y = from; y < to; y++) {
    enlargeColumn(small, smallStride, half, smallHeight, y, column);
    const row = into + <usize>(y * intoStride);
    for (let x = 0; x < half; x += 8) {
      const evens = enlargedEven(column, x),
        odds = enlargedOdd(column, x);
      v128.store(row + <usize>(x << 2), interleaveLow(evens, odds));
      v128.store(row + <usize>(x << 2), interleaveHigh(evens, odds), 16);
    }
    padRow(row, width);
  }
}

/** Vertical half of expanding: row `y` of the finer level, still as narrow as the coarser one. */
function expandColumn(
  coarse: usize,
  stride: i32,
  half: i32,
  height: i32,
  y: i32,
  column: usize,
): void {
  const j = y >> 1;
  const here = rowAt(coarse, stride, height, j);
  const below = rowAt(coarse, stride, height, j + 1);
  const end = <isize>((half + 16) << 1);
  if (y & 1) {
    for (let x: isize = -16; x < end; x += 16)
      v128.store(column + x, halfOf(i16x8.add(v128.load(here + x), v128.load(below + x))));
    return;
  }
  const above = rowAt(coarse, stride, height, j - 1);
  for (let x: isize = -16; x < end; x += 16) {
    const around = i16x8.add(v128.load(above + x), v128.load(below + x));
    v128.store(column + x, centred(around, v128.load(here + x)));
  }
}

/** Even samples of an expanded row: (before + 6 here + after) / 8. */
function doubledEven(column: usize, x: i32): v128 {
  const at = column + <usize>(x << 1);
  return centred(i16x8.add(v128.load(at - 2), v128.load(at + 2)), v128.load(at));
}

/** Odd samples: the mean of both neighbours. */
function doubledOdd(column: usize, x: i32): v128 {
  const at = column + <usize>(x << 1);
  return halfOf(i16x8.add(v128.load(at), v128.load(at + 2)));
}

function centred(around: v128, here: v128): v128 {
  return i16x8.add(
    i16x8.q15mulr_sat_s(around, i16x8.splat(EIGHTH)),
    i16x8.q15mulr_sat_s(here, i16x8.splat(THREE_QUARTERS)),
  );
}

function halfOf(sum: v128): v128 {
  return i16x8.q15mulr_sat_s(sum, i16x8.splat(HALF));
}

function enlargedEven(column: usize, x: i32): v128 {
  const at = column + <usize>(x << 1);
  return nearer(v128.load(at), v128.load(at - 2));
}

function enlargedOdd(column: usize, x: i32): v128 {
  const at = column + <usize>(x << 1);
  return nearer(v128.load(at), v128.load(at + 2));
}
