/**
 * Colours through a table: luma and chroma at evenly spaced nodes. The table is read at the mean of
 * 2 x 2 pixels, and its slope along luma tells how far each of the four is from that mean after.
 */
import { padRow, rowAt } from './lib/plane';
import { readMap } from './lib/small-map';

/** Steps between nodes along each axis, samples from one to the next, and the last sample of an axis. */
const STEPS: i32 = 32;
const NODES: i32 = STEPS + 1;
const SHIFT: i32 = 8;
const LAST: i16 = 8191;

/** Bytes from a node (luma, Cb, Cr and nothing) to the next one in luma, Cr and Cb. */
const NEXT_LUMA: usize = 8;
const NEXT_CR: usize = 33 * NEXT_LUMA;
const NEXT_CB: usize = 33 * NEXT_CR;

/**
 * Chroma rows `from`..`to` and the luma rows they stand for, in place.
 * @param table nodes by Cb, Cr and luma, luma the fastest
 * @param other a second table; 0 for none
 * @param map small map of the share of the second
 * @param scratch what is found for eight samples, and a row of the map
 */
export function balance(
  luma: usize,
  lumaStride: i32,
  width: i32,
  height: i32,
  cb: usize,
  cr: usize,
  chromaStride: i32,
  table: usize,
  other: usize,
  map: usize,
  mapStride: i32,
  mapWidth: i32,
  mapHeight: i32,
  from: i32,
  to: i32,
  scratch: usize,
): void {
  const half = (width + 1) >> 1;
  const found = scratch;
  const shares = scratch + 256;
  for (let y = from; y < to; y++) {
    const upper = rowAt(luma, lumaStride, height, 2 * y);
    const lower = rowAt(luma, lumaStride, height, min(2 * y + 1, height - 1));
    const cbRow = cb + <usize>(y * chromaStride);
    const crRow = cr + <usize>(y * chromaStride);
    if (other) readMap(map, mapStride, mapWidth, mapHeight, y, (height + 1) >> 1, half, shares);
    for (let x = 0; x < half; x += 8) {
      const at = <usize>(x << 2);
      balance16(
        upper + at,
        lower + at,
        cbRow + <usize>(x << 1),
        crRow + <usize>(x << 1),
        table,
        other,
        shares + at,
        found,
      );
    }
    padRow(upper, width);
    padRow(lower, width);
    padRow(cbRow, half);
    padRow(crRow, half);
  }
}

/** 16 x 2 pixels. */
function balance16(
  upper: usize,
  lower: usize,
  cbAt: usize,
  crAt: usize,
  table: usize,
  other: usize,
  shares: usize,
  found: usize,
): void {
  const a0 = v128.load(upper),
    a1 = v128.load(upper, 16);
  const b0 = v128.load(lower),
    b1 = v128.load(lower, 16);
  const mean = i16x8.narrow_i32x4_s(meanOfFour(a0, b0), meanOfFour(a1, b1));
  const y = inRange(mean);
  const u = inRange(i16x8.add(v128.load(cbAt), i16x8.splat(4096)));
  const v = inRange(i16x8.add(v128.load(crAt), i16x8.splat(4096)));
  const work = found + 128;
  findNodes(y, u, v, work);
  readTable(table, work, found);
  if (other) {
    readTable(other, work, found + 64);
    mix(found, found + 64, shares);
  }

  // Eight times (luma, Cb, Cr, slope) become four vectors.
  const p0 = v128.load(found),
    p1 = v128.load(found, 16),
    p2 = v128.load(found, 32),
    p3 = v128.load(found, 48);
  const low01 = i8x16.shuffle(p0, p1, 0, 1, 8, 9, 16, 17, 24, 25, 2, 3, 10, 11, 18, 19, 26, 27);
  const low23 = i8x16.shuffle(p2, p3, 0, 1, 8, 9, 16, 17, 24, 25, 2, 3, 10, 11, 18, 19, 26, 27);
  const high01 = i8x16.shuffle(p0, p1, 4, 5, 12, 13, 20, 21, 28, 29, 6, 7, 14, 15, 22, 23, 30, 31);
  const high23 = i8x16.shuffle(p2, p3, 4, 5, 12, 13, 20, 21, 28, 29, 6, 7, 14, 15, 22, 23, 30, 31);
  const lumaTo = i64x2.shuffle(low01, low23, 0, 2);
  const slope = i64x2.shuffle(high01, high23, 1, 3);
  v128.store(cbAt, i64x2.shuffle(low01, low23, 1, 3));
  v128.store(crAt, i64x2.shuffle(high01, high23, 0, 2));

  // Each stands for two neighbouring columns.
  const mean0 = twiceLow(y),
    mean1 = twiceHigh(y);
  const to0 = twiceLow(lumaTo),
    to1 = twiceHigh(lumaTo);
  const slope0 = twiceLow(slope),
    slope1 = twiceHigh(slope);
  v128.store(upper, moved(a0, mean0, to0, slope0));
  v128.store(upper, moved(a1, mean1, to1, slope1), 16);
  v128.store(lower, moved(b0, mean0, to0, slope0));
  v128.store(lower, moved(b1, mean1, to1, slope1), 16);
}

/** to + slope * (value - mean); slopes of 1 are 256. */
function moved(value: v128, mean: v128, to: v128, slope: v128): v128 {
  const away = i16x8.sub(value, mean);
  const step = i16x8.q15mulr_sat_s(i16x8.add_sat_s(away, away), i16x8.shl(slope, 6));
  return i16x8.add_sat_s(to, step);
}

function meanOfFour(upper: v128, lower: v128): v128 {
  const sum = i32x4.add(i32x4.extadd_pairwise_i16x8_s(upper), i32x4.extadd_pairwise_i16x8_s(lower));
  return i32x4.shr_s(i32x4.add(sum, i32x4.splat(2)), 2);
}

function inRange(samples: v128): v128 {
  return i16x8.max_s(i16x8.min_s(samples, i16x8.splat(LAST)), i16x8.splat(0));
}

function twiceLow(samples: v128): v128 {
  return i8x16.shuffle(samples, samples, 0, 1, 0, 1, 2, 3, 2, 3, 4, 5, 4, 5, 6, 7, 6, 7);
}

function twiceHigh(samples: v128): v128 {
  return i8x16.shuffle(
    samples,
    samples,
    8,
    9,
    8,
    9,
    10,
    11,
    10,
    11,
    12,
    13,
    12,
    13,
    14,
    15,
    14,
    15,
  );
}

/** Where a colour lies among the nodes: offsets of eight, then the weights of the four nodes around each. */
const WEIGHTS: usize = 32;
const ALONG: usize = WEIGHTS + 64;

/** Eight colours through a table, each as luma, Cb, Cr and the slope of luma. */
function readTable(table: usize, work: usize, into: usize): void {
  for (let i: usize = 0; i < 8; i++) {
    const node = table + <usize>load<i32>(work + (i << 2));
    const weights = work + WEIGHTS + (i << 1);
    // Two nodes at a time: that of the luma below and that of the luma above.
    const near = i16x8.add(
      i16x8.q15mulr_sat_s(v128.load(node), v128.load16_splat(weights)),
      i16x8.q15mulr_sat_s(v128.load(node + NEXT_CR), v128.load16_splat(weights, 16)),
    );
    const far = i16x8.add(
      i16x8.q15mulr_sat_s(v128.load(node + NEXT_CB), v128.load16_splat(weights, 32)),
      i16x8.q15mulr_sat_s(v128.load(node + NEXT_CB + NEXT_CR), v128.load16_splat(weights, 48)),
    );
    const below = i16x8.add(near, far);
    const step = i16x8.sub(i64x2.shuffle(below, below, 1, 1), below);
    const along = v128.load16_splat(work + ALONG + (i << 1));
    const result = i16x8.add(below, i16x8.q15mulr_sat_s(step, along));
    v128.store64_lane(
      into + (i << 3),
      i8x16.shuffle(result, step, 0, 1, 2, 3, 4, 5, 16, 17, 0, 0, 0, 0, 0, 0, 0, 0),
      0,
    );
  }
}

/** What `readTable` needs to know of eight colours. */
function findNodes(y: v128, u: v128, v: v128, work: usize): void {
  const yNode = i16x8.shr_s(y, SHIFT),
    uNode = i16x8.shr_s(u, SHIFT),
    vNode = i16x8.shr_s(v, SHIFT);
  const byU = i16x8.splat(<i16>(NODES * NODES)),
    byV = i16x8.splat(<i16>NODES);
  const low = i32x4.add(
    i32x4.add(i32x4.extmul_low_i16x8_s(uNode, byU), i32x4.extmul_low_i16x8_s(vNode, byV)),
    i32x4.extend_low_i16x8_s(yNode),
  );
  const high = i32x4.add(
    i32x4.add(i32x4.extmul_high_i16x8_s(uNode, byU), i32x4.extmul_high_i16x8_s(vNode, byV)),
    i32x4.extend_high_i16x8_s(yNode),
  );
  v128.store(work, i32x4.shl(low, 3));
  v128.store(work, i32x4.shl(high, 3), 16);
  // Places between nodes, 1.0 = 32768.
  const uShare = i16x8.shl(i16x8.sub(u, i16x8.shl(uNode, SHIFT)), 7),
    vShare = i16x8.shl(i16x8.sub(v, i16x8.shl(vNode, SHIFT)), 7);
  const both = i16x8.q15mulr_sat_s(uShare, vShare);
  const none = i16x8.sub(i16x8.splat(32767), i16x8.sub(i16x8.add(uShare, vShare), both));
  v128.store(work + WEIGHTS, none);
  v128.store(work + WEIGHTS, i16x8.sub(vShare, both), 16);
  v128.store(work + WEIGHTS, i16x8.sub(uShare, both), 32);
  v128.store(work + WEIGHTS, both, 48);
  v128.store(work + ALONG, i16x8.shl(i16x8.sub(y, i16x8.shl(yNode, SHIFT)), 7));
}

/** Mixes the results of two tables. */
function mix(found: usize, other: usize, shares: usize): void {
  for (let i: usize = 0; i < 8; i++) {
    const share = i16x8.splat(<i16>nearest<f32>(load<f32>(shares + (i << 2)) * 32767.0));
    const first = v128.load64_zero(found + (i << 3));
    const second = v128.load64_zero(other + (i << 3));
    const step = i16x8.q15mulr_sat_s(i16x8.sub(second, first), share);
    v128.store64_lane(found + (i << 3), i16x8.add(first, step), 0);
  }
}
