/**
 * The photo's geometry at full size: src/geometry/warp.ts on samples. Where each pixel was taken stands on
 * a coarse grid and is linear between its nodes; samples are read there with Catmull-Rom's weights for
 * every 1/256 of a pixel.
 */
import { blueOver, greenOver, redOver } from './lib/channels';
import { padRow, rowAt } from './lib/plane';

/** Samples of white. */
const WHITE: f32 = 8192;

/** Bits behind the point of places; of weights across the row. */
const PLACE_BITS: i32 = 14;
const WEIGHT_BITS: i32 = 14;

/** Bytes of the weights of one fraction: two vectors down, one across. */
const WEIGHTS_BYTES: i32 = 48;

/** Samples beyond a row's ends that may be read; the padding is wider. */
const BEYOND: i32 = 16;

/**
 * Rows `from`..`to` of the result.
 * @param xs places on the grid, float32, `columns` per row of nodes, in pixels of the source; `ys` as well
 * @param step pixels of the result between nodes, a multiple of 8
 * @param weights 256 x 24 int16: twice four times a weight down (1.0 = 32768), then those across twice
 */
export function resample(
  source: usize,
  stride: i32,
  width: i32,
  height: i32,
  xs: usize,
  ys: usize,
  columns: i32,
  step: i32,
  weights: usize,
  into: usize,
  intoStride: i32,
  intoWidth: i32,
  from: i32,
  to: i32,
): void {
  for (let y = from; y < to; y++) {
    const row = into + <usize>(y * intoStride);
    readRow(source, stride, width, height, xs, ys, columns, step, weights, row, intoWidth, y);
    padRow(row, intoWidth);
  }
}

/**
 * Rows `from`..`to` of one chroma plane whose colour the lens drew at a size of its own. The colour itself
 * (luma + factor * chroma) is read at its own places, and made chroma again beside the luma that is there:
 * chroma' = chroma + (luma of its places - luma of the result) / factor.
 * @param grey the source's luma as small as chroma
 * @param luma the result's, in full size
 * @param share 32768 / factor
 */
export function recolour(
  source: usize,
  stride: i32,
  width: i32,
  height: i32,
  grey: usize,
  greyStride: i32,
  xs: usize,
  ys: usize,
  columns: i32,
  step: i32,
  weights: usize,
  luma: usize,
  lumaStride: i32,
  lumaHeight: i32,
  share: i32,
  into: usize,
  intoStride: i32,
  intoWidth: i32,
  from: i32,
  to: i32,
  scratch: usize,
): void {
  const part = i16x8.splat(<i16>share);
  for (let y = from; y < to; y++) {
    const row = into + <usize>(y * intoStride);
    readRow(source, stride, width, height, xs, ys, columns, step, weights, row, intoWidth, y);
    readRow(grey, greyStride, width, height, xs, ys, columns, step, weights, scratch, intoWidth, y);
    const upper = rowAt(luma, lumaStride, lumaHeight, 2 * y),
      lower = rowAt(luma, lumaStride, lumaHeight, 2 * y + 1);
    for (let x = 0; x < intoWidth; x += 8) {
      const at = <usize>(x << 1);
      const away = i16x8.sub_sat_s(v128.load(scratch + at), meanOf(upper, lower, at << 1));
      const chroma = v128.load(row + at);
      v128.store(row + at, i16x8.add_sat_s(chroma, i16x8.q15mulr_sat_s(away, part)));
    }
    padRow(row, intoWidth);
  }
}

/** Rows `from`..`to` of a plane half as large in each direction: means of 2 x 2 samples. */
export function halve(
  source: usize,
  stride: i32,
  height: i32,
  into: usize,
  intoStride: i32,
  intoWidth: i32,
  from: i32,
  to: i32,
): void {
  for (let y = from; y < to; y++) {
    const upper = rowAt(source, stride, height, 2 * y),
      lower = rowAt(source, stride, height, 2 * y + 1);
    const row = into + <usize>(y * intoStride);
    for (let x = 0; x < intoWidth; x += 8) {
      const at = <usize>(x << 1);
      v128.store(row + at, meanOf(upper, lower, at << 1));
    }
    padRow(row, intoWidth);
  }
}

/**
 * Multiplies a photo in place by gains on a grid as that of `resample`, and nothing beyond white: where
 * the strongest channel has less room, the gain is smaller. A 2 x 2 of pixels that differ in room share
 * the smallest for their colour.
 * @param from row of chroma, and the luma rows it stands for; `to` as well
 */
export function brighten(
  luma: usize,
  lumaStride: i32,
  width: i32,
  height: i32,
  cb: usize,
  cr: usize,
  chromaStride: i32,
  gains: usize,
  columns: i32,
  step: i32,
  from: i32,
  to: i32,
): void {
  const half = (width + 1) >> 1;
  for (let y = from; y < to; y++) {
    const upper = luma + <usize>(2 * y * lumaStride);
    // The last row of an odd height has none below it, and is done once.
    const lowerY = min(2 * y + 1, height - 1);
    const lower = luma + <usize>(lowerY * lumaStride);
    const cbRow = cb + <usize>(y * chromaStride),
      crRow = cr + <usize>(y * chromaStride);
    for (let x = 0; x < width; x += 8) {
      const at = <usize>(x << 1);
      const small = <usize>x;
      const blue = v128.load64_zero(cbRow + small),
        red = v128.load64_zero(crRow + small);
      const over = f32x4.convert_i32x4_s(
        i32x4.extend_low_i16x8_s(
          i16x8.max_s(i16x8.max_s(redOver(red), greenOver(blue, red)), blueOver(blue)),
        ),
      );
      const over0 = i32x4.shuffle(over, over, 0, 0, 1, 1),
        over1 = i32x4.shuffle(over, over, 2, 2, 3, 3);
      const a = v128.load(upper + at),
        b = v128.load(lower + at);
      const a0 = f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_s(a)),
        a1 = f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_s(a));
      const b0 = f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_s(b)),
        b1 = f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_s(b));
      const gainA0 = f32x4.min(gainsAt(gains, columns, step, x, 2 * y), roomOf(a0, over0)),
        gainA1 = f32x4.min(gainsAt(gains, columns, step, x + 4, 2 * y), roomOf(a1, over1));
      const gainB0 = f32x4.min(gainsAt(gains, columns, step, x, lowerY), roomOf(b0, over0)),
        gainB1 = f32x4.min(gainsAt(gains, columns, step, x + 4, lowerY), roomOf(b1, over1));
      v128.store(upper + at, multiplied(a0, gainA0, a1, gainA1));
      if (lowerY > 2 * y) v128.store(lower + at, multiplied(b0, gainB0, b1, gainB1));
      const least0 = f32x4.min(gainA0, gainB0),
        least1 = f32x4.min(gainA1, gainB1);
      const shared = f32x4.min(
        i32x4.shuffle(least0, least1, 0, 2, 4, 6),
        i32x4.shuffle(least0, least1, 1, 3, 5, 7),
      );
      v128.store64_lane(cbRow + small, scaled(blue, shared), 0);
      v128.store64_lane(crRow + small, scaled(red, shared), 0);
    }
    padRow(upper, width);
    padRow(lower, width);
    padRow(cbRow, half);
    padRow(crRow, half);
  }
}

/** Gains of four pixels from `x` on, all of one cell. */
function gainsAt(gains: usize, columns: i32, step: i32, x: i32, y: i32): v128 {
  const upper = y / step;
  const down = (<f32>(y - upper * step) + 0.5) / <f32>step;
  const column = x / step;
  const at = gains + <usize>((upper * columns + column) << 2);
  const left = mixed(at, columns, down);
  const slope = (mixed(at + 4, columns, down) - left) / <f32>step;
  const places = f32x4.add(f32x4.splat(<f32>(x - column * step)), f32x4(0.5, 1.5, 2.5, 3.5));
  return f32x4.add(f32x4.splat(left), f32x4.mul(f32x4.splat(slope), places));
}

/** The gain that makes the strongest channel white, at least 1. */
function roomOf(luma: v128, over: v128): v128 {
  const one = f32x4.splat(1);
  const strongest = f32x4.max(f32x4.add(luma, over), one);
  return f32x4.max(f32x4.div(f32x4.splat(WHITE), strongest), one);
}

function multiplied(low: v128, lowGain: v128, high: v128, highGain: v128): v128 {
  return i16x8.narrow_i32x4_s(
    i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.mul(low, lowGain))),
    i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.mul(high, highGain))),
  );
}

/** The lower four samples times four gains, in the lower half. */
function scaled(samples: v128, gain: v128): v128 {
  const low = f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_s(samples));
  return multiplied(low, gain, low, gain);
}

/** Means of 2 x 2 samples: eight of sixteen columns. */
function meanOf(upper: usize, lower: usize, at: usize): v128 {
  const two = i32x4.splat(2);
  const low = i32x4.add(
    i32x4.extadd_pairwise_i16x8_s(v128.load(upper + at)),
    i32x4.extadd_pairwise_i16x8_s(v128.load(lower + at)),
  );
  const high = i32x4.add(
    i32x4.extadd_pairwise_i16x8_s(v128.load(upper + at, 16)),
    i32x4.extadd_pairwise_i16x8_s(v128.load(lower + at, 16)),
  );
  return i16x8.narrow_i32x4_s(
    i32x4.shr_s(i32x4.add(low, two), 2),
    i32x4.shr_s(i32x4.add(high, two), 2),
  );
}

/** A value of the grid between two rows of nodes. */
function mixed(at: usize, columns: i32, down: f32): f32 {
  const upper = load<f32>(at);
  return upper + down * (load<f32>(at + <usize>(columns << 2)) - upper);
}

/** Row `y` of the result, without its padding; up to seven samples more are written. */
function readRow(
  source: usize,
  stride: i32,
  width: i32,
  height: i32,
  xs: usize,
  ys: usize,
  columns: i32,
  step: i32,
  weights: usize,
  into: usize,
  intoWidth: i32,
  y: i32,
): void {
  const upper = y / step;
  const down = (<f32>(y - upper * step) + 0.5) / <f32>step;
  const unit = <f32>(1 << PLACE_BITS);
  const perPixel = unit / <f32>step;
  for (let column = 0; column * step < intoWidth; column++) {
    const at = <usize>((upper * columns + column) << 2);
    const x0 = mixed(xs + at, columns, down),
      y0 = mixed(ys + at, columns, down);
    const stepX = (mixed(xs + at + 4, columns, down) - x0) * perPixel;
    const stepY = (mixed(ys + at + 4, columns, down) - y0) * perPixel;
    // Places are those of pixel centres; 32 rounds to the nearest fraction.
    let px = <i32>((x0 - 0.5) * unit + 0.5 * stepX) + 32,
      py = <i32>((y0 - 0.5) * unit + 0.5 * stepY) + 32;
    const dx = <i32>nearest(stepX),
      dy = <i32>nearest(stepY);
    const end = min(step, intoWidth - column * step);
    let to = into + <usize>((column * step) << 1);
    for (let x = 0; x < end; x += 4, to += 8) {
      const a = readAt(source, stride, width, height, weights, px, py);
      const b = readAt(source, stride, width, height, weights, px + dx, py + dy);
      const c = readAt(source, stride, width, height, weights, px + 2 * dx, py + 2 * dy);
      const d = readAt(source, stride, width, height, weights, px + 3 * dx, py + 3 * dy);
      px += 4 * dx;
      py += 4 * dy;
      const sum = i32x4.add(sumsOf(a, b, c, d), i32x4.splat(1 << (WEIGHT_BITS - 1)));
      const samples = i32x4.shr_s(sum, WEIGHT_BITS);
      v128.store64_lane(to, i16x8.narrow_i32x4_s(samples, samples), 0);
    }
  }
}

/** The four totals of four vectors. */
function sumsOf(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = i32x4.add(
    i8x16.shuffle(a, b, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23),
    i8x16.shuffle(a, b, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31),
  );
  const cd = i32x4.add(
    i8x16.shuffle(c, d, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23),
    i8x16.shuffle(c, d, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31),
  );
  return i32x4.add(
    i8x16.shuffle(ab, cd, 0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27),
    i8x16.shuffle(ab, cd, 4, 5, 6, 7, 12, 13, 14, 15, 20, 21, 22, 23, 28, 29, 30, 31),
  );
}

/** One sample, as four parts of its sum, with WEIGHT_BITS behind the point. */
function readAt(
  source: usize,
  stride: i32,
  width: i32,
  height: i32,
  weights: usize,
  px: i32,
  py: i32,
): v128 {
  const left = clamp((px >> PLACE_BITS) - 1, -BEYOND, width + BEYOND - 4);
  const top = (py >> PLACE_BITS) - 1;
  const across = weights + <usize>(((px >> (PLACE_BITS - 8)) & 255) * WEIGHTS_BYTES);
  const down = weights + <usize>(((py >> (PLACE_BITS - 8)) & 255) * WEIGHTS_BYTES);
  const at = <usize>(left << 1);
  let rows01: v128, rows23: v128;
  if (top >= 0 && top < height - 3) {
    const row = source + <usize>(top * stride) + at;
    rows01 = v128.load64_lane(row + <usize>stride, v128.load64_zero(row), 1);
    const next = row + <usize>(2 * stride);
    rows23 = v128.load64_lane(next + <usize>stride, v128.load64_zero(next), 1);
  } else {
    rows01 = v128.load64_lane(
      rowAt(source, stride, height, top + 1) + at,
      v128.load64_zero(rowAt(source, stride, height, top) + at),
      1,
    );
    rows23 = v128.load64_lane(
      rowAt(source, stride, height, top + 3) + at,
      v128.load64_zero(rowAt(source, stride, height, top + 2) + at),
      1,
    );
  }
  const columns = i16x8.add_sat_s(
    i16x8.q15mulr_sat_s(rows01, v128.load(down)),
    i16x8.q15mulr_sat_s(rows23, v128.load(down, 16)),
  );
  return i32x4.dot_i16x8_s(columns, v128.load(across, 32));
}

function clamp(value: i32, least: i32, most: i32): i32 {
  return value < least ? least : value > most ? most : value;
}
