/** Curves at the nodes of a grid, read between nodes and levels: the carrier of local tone. */
import { interleaveHigh, interleaveLow } from './plane';

/** 1.0 in samples. */
const ONE: i16 = 8192;

/** Levels of a node, and the bytes of what a lookup needs: two levels of two nodes. */
const LEVELS: i32 = 33;
const CELL: i32 = 8;
const STEPS: i32 = LEVELS - 1;

/** Bytes of the packed curves of a row. */
export function packedBytes(columns: i32): i32 {
  return columns * STEPS * CELL;
}

/** Where a row of pixels lies among the rows of nodes. */
export function placeOf(y: i32, height: i32, rows: i32): f32 {
  return ((<f32>y + 0.5) / <f32>height) * <f32>(rows - 1);
}

/** Interpolates two rows of nodes and lays together what a lookup needs: levels k, k + 1 of nodes i, i + 1. */
export function packCurves(
  grid: usize,
  columns: i32,
  rows: i32,
  place: f32,
  mixed: usize,
  into: usize,
): void {
  const row = min(rows - 2, <i32>place);
  const share = i16x8.splat(<i16>nearest((place - <f32>row) * 32767.0));
  const size = columns * LEVELS;
  const above = grid + <usize>((row * size) << 1);
  const below = above + <usize>(size << 1);
  for (let i = 0; i < size; i += 8) {
    const a = v128.load(above + <usize>(i << 1));
    const b = v128.load(below + <usize>(i << 1));
    v128.store(mixed + <usize>(i << 1), i16x8.add(a, i16x8.q15mulr_sat_s(i16x8.sub(b, a), share)));
  }
  for (let i = 0; i + 1 < columns; i++) {
    const left = mixed + <usize>((i * LEVELS) << 1);
    const right = left + <usize>(LEVELS << 1);
    const cells = into + <usize>(i * STEPS * CELL);
    for (let k = 0; k < STEPS; k += 8) {
      const at = <usize>(k << 1);
      const a = v128.load(left + at),
        b = v128.load(left + at, 2);
      const c = v128.load(right + at),
        d = v128.load(right + at, 2);
      const cell = cells + <usize>(k * CELL);
      storeCells(interleaveLow(a, b), interleaveLow(c, d), cell);
      storeCells(interleaveHigh(a, b), interleaveHigh(c, d), cell + 32);
    }
  }
}

/** Four cells from pairs of the left and of the right node. */
function storeCells(left: v128, right: v128, into: usize): void {
  v128.store(
    into,
    i8x16.shuffle(left, right, 0, 1, 2, 3, 16, 17, 18, 19, 4, 5, 6, 7, 20, 21, 22, 23),
  );
  v128.store(
    into,
    i8x16.shuffle(left, right, 8, 9, 10, 11, 24, 25, 26, 27, 12, 13, 14, 15, 28, 29, 30, 31),
    16,
  );
}

/**
 * The local curves at eight values.
 * @param cells 256 times the cell each value's column lies in
 * @param right its place in the cell, 0..256
 */
export function readCurves(curves: usize, values: v128, cells: v128, right: v128): v128 {
  const value = i16x8.max_s(i16x8.min_s(values, i16x8.splat(ONE)), i16x8.splat(0));
  const level = i16x8.shr_s(i16x8.min_s(value, i16x8.splat(ONE - 1)), 8);
  const share = i16x8.sub(value, i16x8.shl(level, 8));
  const at = i16x8.add(cells, i16x8.shl(level, 3));
  const whole = i16x8.splat(256);
  const rest = i16x8.sub(whole, share);
  const low = interleaveLow(rest, share),
    high = interleaveHigh(rest, share);
  let c01 = v128.load64_zero(curves + <usize>i16x8.extract_lane_u(at, 0));
  c01 = v128.load64_lane(curves + <usize>i16x8.extract_lane_u(at, 1), c01, 1);
  let c23 = v128.load64_zero(curves + <usize>i16x8.extract_lane_u(at, 2));
  c23 = v128.load64_lane(curves + <usize>i16x8.extract_lane_u(at, 3), c23, 1);
  let c45 = v128.load64_zero(curves + <usize>i16x8.extract_lane_u(at, 4));
  c45 = v128.load64_lane(curves + <usize>i16x8.extract_lane_u(at, 5), c45, 1);
  let c67 = v128.load64_zero(curves + <usize>i16x8.extract_lane_u(at, 6));
  c67 = v128.load64_lane(curves + <usize>i16x8.extract_lane_u(at, 7), c67, 1);
  // Left and right of each pixel, then between them.
  const sides0 = i16x8.narrow_i32x4_s(mix(c01, firstTwo(low)), mix(c23, lastTwo(low)));
  const sides1 = i16x8.narrow_i32x4_s(mix(c45, firstTwo(high)), mix(c67, lastTwo(high)));
  const left = i16x8.sub(whole, right);
  return i16x8.narrow_i32x4_s(
    mix(sides0, interleaveLow(left, right)),
    mix(sides1, interleaveHigh(left, right)),
  );
}

/** Pairs of samples with pairs of weights that make 256. */
function mix(pairs: v128, weights: v128): v128 {
  return i32x4.shr_s(i32x4.add(i32x4.dot_i16x8_s(pairs, weights), i32x4.splat(128)), 8);
}

/** The first pair of weights twice, the second twice. */
function firstTwo(weights: v128): v128 {
  return i8x16.shuffle(weights, weights, 0, 1, 2, 3, 0, 1, 2, 3, 4, 5, 6, 7, 4, 5, 6, 7);
}

function lastTwo(weights: v128): v128 {
  return i8x16.shuffle(
    weights,
    weights,
    8,
    9,
    10,
    11,
    8,
    9,
    10,
    11,
    12,
    13,
    14,
    15,
    12,
    13,
    14,
    15,
  );
}
