/**
 * Small pictures (interleaved RGB, 16 bits) taken through a geometry: src/geometry/warp.ts. Where each pixel
 * was taken stands on a coarse grid and is linear between its nodes; there it is read bicubically, with
 * weights in a table for every 1/256 of a pixel.
 */

/** Bytes of a pixel, of four of them, and of the weights of one fraction: four int16 and four float32. */
const PIXEL: i32 = 6;
const FOUR: i32 = 24;
const WEIGHTS_BYTES: i32 = 24;

/** The middle of 16 bits: kernels multiply signed numbers. */
const MIDDLE: f32 = 32768.0;

/** 1.5 * 2^23, and the bits of that float. */
const LARGE: f32 = 12582912.0;
const LARGE_BITS: i32 = 0x4b400000;

/** A pixel in the fixed point of places, and half a 256th of one. */
const FINE: f64 = 1099511627776.0;
const HALF: f64 = 0.001953125;

/**
 * Rows `from`..`to` of the result, which is `intoWidth` pixels wide; beyond the picture its rim is repeated.
 * @param xs places on the grid, float64, `columns` per row of nodes, in pixels of the picture; `ys` as well
 * @param step pixels of the result between nodes
 * @param weights 256 times: four int16 of 1/16384 to go down, the same as float32 of 1/16384 to go across
 * @param channel 0, 1 or 2: only this colour is written; below 0: all
 */
export function warp16(
  source: usize,
  width: i32,
  height: i32,
  xs: usize,
  ys: usize,
  columns: i32,
  step: i32,
  weights: usize,
  channel: i32,
  into: usize,
  intoWidth: i32,
  from: i32,
  to: i32,
  scratch: usize,
): void {
  const stride = width * PIXEL;
  // Where the first of four pixels may lie; none where the picture has fewer.
  const large = width >= 4 && height >= 4;
  const lastColumn = <u32>(width - 4),
    lastRow = <u32>(height - 4);
  for (let y = from; y < to; y++) {
    const place = (<f64>y + 0.5) / <f64>step;
    const upper = <i32>place;
    const down = place - <f64>upper;
    let at = into + <usize>(y * intoWidth * PIXEL);
    for (let column = 0; column * step < intoWidth; column++) {
      const node = <usize>((upper * columns + column) << 3);
      const left = mixed(xs + node, columns, down),
        top = mixed(ys + node, columns, down);
      const across = (mixed(xs + node + 8, columns, down) - left) / <f64>step,
        sinking = (mixed(ys + node + 8, columns, down) - top) / <f64>step;
      // From centres, rounded to 256ths of a pixel, with 32 more bits behind.
      let u = <i64>((left + 0.5 * across - 0.5 + HALF) * FINE),
        v = <i64>((top + 0.5 * sinking - 0.5 + HALF) * FINE);
      const du = <i64>(across * FINE),
        dv = <i64>(sinking * FINE);
      const end = at + <usize>(min(step, intoWidth - column * step) * PIXEL);
      for (; at < end; at += PIXEL, u += du, v += dv) {
        const px = <i32>(u >> 32),
          py = <i32>(v >> 32);
        const i = (px >> 8) - 1,
          j = (py >> 8) - 1;
        const inside = large && <u32>i <= lastColumn && <u32>j <= lastRow;
        const codes = inside
          ? read(source + <usize>(j * stride + i * PIXEL), stride, weights, px & 255, py & 255)
          : read(gather(source, width, height, i, j, scratch), FOUR, weights, px & 255, py & 255);
        if (channel < 0) {
          v128.store32_lane(at, codes, 0);
          v128.store16_lane(at, codes, 2, 4);
        } else if (channel === 0) v128.store16_lane(at, codes, 0);
        else if (channel === 1) v128.store16_lane(at, codes, 1, 2);
        else v128.store16_lane(at, codes, 2, 4);
      }
    }
  }
}

/** Between a node and the one below. */
function mixed(node: usize, columns: i32, down: f64): f64 {
  const upper = load<f64>(node);
  return upper + down * (load<f64>(node + <usize>(columns << 3)) - upper);
}

/** Four rows of four pixels, each as near as the picture has one; rows are 24 bytes apart. */
function gather(source: usize, width: i32, height: i32, i: i32, j: i32, into: usize): usize {
  for (let m = 0; m < 4; m++) {
    const row = source + <usize>(clamp(j + m, height) * width * PIXEL);
    for (let n = 0; n < 4; n++) {
      const from = row + <usize>(clamp(i + n, width) * PIXEL);
      const to = into + <usize>(m * FOUR + n * PIXEL);
      store<u32>(to, load<u32>(from));
      store<u16>(to, load<u16>(from, 4), 4);
    }
  }
  return into;
}

function clamp(index: i32, size: i32): i32 {
  return index < 0 ? 0 : index >= size ? size - 1 : index;
}

/** Red, green and blue between the 4 x 4 pixels at `at`, as the first of eight codes. */
function read(at: usize, stride: i32, weights: usize, across: i32, down: i32): v128 {
  const table = weights + <usize>(down * WEIGHTS_BYTES);
  const w01 = v128.load32_splat(table),
    w23 = v128.load32_splat(table, 4);
  const second = at + <usize>stride,
    third = second + <usize>stride,
    fourth = third + <usize>stride;
  const a = signed(v128.load(at)),
    b = signed(v128.load(second)),
    c = signed(v128.load(third)),
    d = signed(v128.load(fourth));
  const first = sum(low(a, b), w01, low(c, d), w23);
  const middle = sum(high(a, b), w01, high(c, d), w23);
  const last = sum(
    low(signed(v128.load64_zero(at, 16)), signed(v128.load64_zero(second, 16))),
    w01,
    low(signed(v128.load64_zero(third, 16)), signed(v128.load64_zero(fourth, 16))),
    w23,
  );
  // Twelve sums: red, green and blue of four columns.
  const shares = v128.load(weights + <usize>(across * WEIGHTS_BYTES), 8);
  const near = f32x4.add(
    f32x4.mul(first, i32x4.shuffle(shares, shares, 0, 0, 0, 0)),
    f32x4.mul(i32x4.shuffle(first, middle, 3, 4, 5, 3), i32x4.shuffle(shares, shares, 1, 1, 1, 1)),
  );
  const far = f32x4.add(
    f32x4.mul(i32x4.shuffle(middle, last, 2, 3, 4, 2), i32x4.shuffle(shares, shares, 2, 2, 2, 2)),
    f32x4.mul(i32x4.shuffle(last, last, 1, 2, 3, 1), i32x4.shuffle(shares, shares, 3, 3, 3, 3)),
  );
  // So large a float has no bits behind the point left: its last ones are the code, rounded.
  const value = f32x4.add(f32x4.add(near, far), f32x4.splat(LARGE + MIDDLE));
  const whole = i32x4.sub(value, i32x4.splat(LARGE_BITS));
  return i16x8.narrow_i32x4_u(whole, whole);
}

function signed(codes: v128): v128 {
  return v128.xor(codes, i16x8.splat(-32768));
}

function low(a: v128, b: v128): v128 {
  return i16x8.shuffle(a, b, 0, 8, 1, 9, 2, 10, 3, 11);
}

function high(a: v128, b: v128): v128 {
  return i16x8.shuffle(a, b, 4, 12, 5, 13, 6, 14, 7, 15);
}

function sum(upper: v128, w01: v128, lower: v128, w23: v128): v128 {
  return f32x4.convert_i32x4_s(
    i32x4.add(i32x4.dot_i16x8_s(upper, w01), i32x4.dot_i16x8_s(lower, w23)),
  );
}
