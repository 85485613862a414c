/** Takes noise out of a plane: src/denoise/smooth-plane.ts on samples, where it is said how. */
import { PAD, padRow, rowAt } from './lib/plane';

/** Gains are kept with 14 bits behind the point. */
const GAIN_ONE: f32 = 16384.0;

/** Entries of the table of variances less one, and samples from one to the next. */
const LAST: i32 = 64;
const STEP: f32 = 128.0;

/**
 * Rows `from`..`to` of the result, which must not be the source.
 * @param middle sample that is subtracted before squares are taken: 4096 for luma, 0 for chroma
 * @param variances 65 floats, in samples squared, for middle - 4096 .. middle + 4096
 * @param strength share of the change, 0..1
 * @param scratch sums of columns, and 2 radius + 1 rows of gains and offsets
 */
export function smooth(
  source: usize,
  stride: i32,
  width: i32,
  height: i32,
  into: usize,
  intoStride: i32,
  radius: i32,
  middle: i32,
  variances: usize,
  strength: f32,
  from: i32,
  to: i32,
  scratch: usize,
): void {
  const rows = 2 * radius + 1;
  const room = ((width + 15) & ~15) + 2 * PAD;
  const sums = scratch + (PAD << 2);
  const squares = sums + <usize>(room << 2);
  const gainSums = squares + <usize>(room << 2);
  const offsetSums = gainSums + <usize>(room << 2);
  const gains = offsetSums + <usize>(room << 2);
  const offsets = gains + <usize>((room * rows) << 1);
  const bytes = <usize>(room << 1);
  clear(sums, room);
  clear(squares, room);
  clear(gainSums, room);
  clear(offsetSums, room);
  const first = from - radius;
  for (let y = first - radius; y < first + radius; y++)
    addRow(rowAt(source, stride, height, y), sums, squares, width, middle);
  for (let y = first; y < to + radius; y++) {
    addRow(rowAt(source, stride, height, y + radius), sums, squares, width, middle);
    const slot = <usize>((y - first) % rows) * bytes;
    // The row that leaves the window has the slot of the one that comes.
    if (y >= first + rows) addPlanes(gains + slot, offsets + slot, gainSums, offsetSums, width, -1);
    findGains(sums, squares, gains + slot, offsets + slot, width, radius, variances);
    addPlanes(gains + slot, offsets + slot, gainSums, offsetSums, width, 1);
    removeRow(rowAt(source, stride, height, y - radius), sums, squares, width, middle);
    const done = y - radius;
    if (done >= from) {
      const row = into + <usize>(done * intoStride);
      const here = rowAt(source, stride, height, done);
      finish(here, row, gainSums, offsetSums, width, radius, middle, strength);
      padRow(row, width);
    }
  }
}

/** Columns on each side of the picture for which gains are found: the widest radius, in whole vectors. */
const SIDE: i32 = 8;

function clear(row: usize, room: i32): void {
  memory.fill(row - (PAD << 2), 0, <usize>(room << 2));
}

function addRow(row: usize, sums: usize, squares: usize, width: i32, middle: i32): void {
  const centre = i16x8.splat(<i16>middle);
  for (let x = -2 * SIDE; x < width + 2 * SIDE; x += 8) {
    const value = i16x8.sub(v128.load(row + (x << 1)), centre);
    const at = <usize>(x << 2);
    addTo(sums + at, i32x4.extend_low_i16x8_s(value));
    addTo(sums + at + 16, i32x4.extend_high_i16x8_s(value));
    addTo(squares + at, i32x4.extmul_low_i16x8_s(value, value));
    addTo(squares + at + 16, i32x4.extmul_high_i16x8_s(value, value));
  }
}

function removeRow(row: usize, sums: usize, squares: usize, width: i32, middle: i32): void {
  const centre = i16x8.splat(<i16>middle);
  for (let x = -2 * SIDE; x < width + 2 * SIDE; x += 8) {
    const value = i16x8.sub(v128.load(row + (x << 1)), centre);
    const at = <usize>(x << 2);
    addTo(sums + at, i32x4.neg(i32x4.extend_low_i16x8_s(value)));
    addTo(sums + at + 16, i32x4.neg(i32x4.extend_high_i16x8_s(value)));
    addTo(squares + at, i32x4.neg(i32x4.extmul_low_i16x8_s(value, value)));
    addTo(squares + at + 16, i32x4.neg(i32x4.extmul_high_i16x8_s(value, value)));
  }
}

function addTo(at: usize, value: v128): void {
  v128.store(at, i32x4.add(v128.load(at), value));
}

/** Gains and offsets of the windows around one row. */
function findGains(
  sums: usize,
  squares: usize,
  gains: usize,
  offsets: usize,
  width: i32,
  radius: i32,
  variances: usize,
): void {
  const rows = 2 * radius + 1;
  const part = f32x4.splat(1.0 / <f32>(rows * rows));
  const one = f32x4.splat(1);
  for (let x = -SIDE; x < width + SIDE; x += 8) {
    let gainPair = f32x4.splat(0),
      offsetPair = f32x4.splat(0);
    for (let half = 0; half < 8; half += 4) {
      const at = <usize>((x + half) << 2);
      const mean = f32x4.mul(f32x4.convert_i32x4_s(across(sums + at, radius)), part);
      const square = f32x4.mul(f32x4.convert_i32x4_s(across(squares + at, radius)), part);
      const variance = f32x4.max(f32x4.sub(square, f32x4.mul(mean, mean)), f32x4.splat(1e-3));
      const noise = noiseAt(mean, variances);
      const share = f32x4.div(noise, variance);
      const gain = f32x4.max(f32x4.sub(one, f32x4.mul(share, share)), f32x4.splat(0));
      const offset = f32x4.mul(mean, f32x4.sub(one, gain));
      const gainSamples = round(f32x4.mul(gain, f32x4.splat(GAIN_ONE)));
      const offsetSamples = round(offset);
      if (half) {
        v128.store(gains + <usize>((PAD + x) << 1), i16x8.narrow_i32x4_s(gainPair, gainSamples));
        v128.store(
          offsets + <usize>((PAD + x) << 1),
          i16x8.narrow_i32x4_s(offsetPair, offsetSamples),
        );
      }
      gainPair = gainSamples;
      offsetPair = offsetSamples;
    }
  }
}

/** Sums over 2 radius + 1 columns around each of four. */
function across(at: usize, radius: i32): v128 {
  let sum = v128.load(at);
  for (let i = 1; i <= radius; i++) {
    const away = <usize>(i << 2);
    sum = i32x4.add(sum, i32x4.add(v128.load(at - away), v128.load(at + away)));
  }
  return sum;
}

function noiseAt(mean: v128, variances: usize): v128 {
  const place = f32x4.mul(f32x4.add(mean, f32x4.splat(4096.0)), f32x4.splat(1.0 / STEP));
  const index = i32x4.max_s(i32x4.min_s(round(place), i32x4.splat(LAST)), i32x4.splat(0));
  let noise = f32x4.splat(load<f32>(variances + <usize>(i32x4.extract_lane(index, 0) << 2)));
  noise = v128.load_lane<f32>(variances + <usize>(i32x4.extract_lane(index, 1) << 2), noise, 1);
  noise = v128.load_lane<f32>(variances + <usize>(i32x4.extract_lane(index, 2) << 2), noise, 2);
  return v128.load_lane<f32>(variances + <usize>(i32x4.extract_lane(index, 3) << 2), noise, 3);
}

function round(value: v128): v128 {
  return i32x4.trunc_sat_f32x4_s(f32x4.nearest(value));
}

/** Adds a row of gains and offsets to the sums of their columns, or takes it away. */
function addPlanes(
  gains: usize,
  offsets: usize,
  gainSums: usize,
  offsetSums: usize,
  width: i32,
  sign: i32,
): void {
  const factor = i16x8.splat(<i16>sign);
  for (let x = -SIDE; x < width + SIDE; x += 8) {
    const from = <usize>((PAD + x) << 1);
    const at = <usize>(x << 2);
    const gain = v128.load(gains + from),
      offset = v128.load(offsets + from);
    addTo(gainSums + at, i32x4.extmul_low_i16x8_s(gain, factor));
    addTo(gainSums + at + 16, i32x4.extmul_high_i16x8_s(gain, factor));
    addTo(offsetSums + at, i32x4.extmul_low_i16x8_s(offset, factor));
    addTo(offsetSums + at + 16, i32x4.extmul_high_i16x8_s(offset, factor));
  }
}

/** One row of the result. */
function finish(
  here: usize,
  into: usize,
  gainSums: usize,
  offsetSums: usize,
  width: i32,
  radius: i32,
  middle: i32,
  strength: f32,
): void {
  const rows = 2 * radius + 1;
  const share: f32 = 1.0 / <f32>(rows * rows);
  const gainShare = f32x4.splat(share / GAIN_ONE);
  const offsetShare = f32x4.splat(share);
  const centre = i16x8.splat(<i16>middle);
  const part = f32x4.splat(strength);
  for (let x = 0; x < width; x += 8) {
    const sample = v128.load(here + <usize>(x << 1));
    const value = i16x8.sub(sample, centre);
    const at = <usize>(x << 2);
    const low = change(
      f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_s(value)),
      f32x4.mul(f32x4.convert_i32x4_s(across(gainSums + at, radius)), gainShare),
      f32x4.mul(f32x4.convert_i32x4_s(across(offsetSums + at, radius)), offsetShare),
    );
    const high = change(
      f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_s(value)),
      f32x4.mul(f32x4.convert_i32x4_s(across(gainSums + at + 16, radius)), gainShare),
      f32x4.mul(f32x4.convert_i32x4_s(across(offsetSums + at + 16, radius)), offsetShare),
    );
    const step = i16x8.narrow_i32x4_s(round(f32x4.mul(low, part)), round(f32x4.mul(high, part)));
    v128.store(into + <usize>(x << 1), i16x8.add_sat_s(sample, step));
  }
}

/** From a value to gain * value + offset. */
function change(value: v128, gain: v128, offset: v128): v128 {
  return f32x4.sub(f32x4.add(f32x4.mul(gain, value), offset), value);
}
