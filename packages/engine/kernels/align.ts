/**
 * Codes of a frame that moved, read at the places where the reference's pixels lie in it: bicubic, with
 * weights in a table for every 1/256 of a pixel. Written as codes, so that whatever reads codes goes on.
 */

/** Bits of the weights (1.0 = 8192) and of the sums between the two directions. */
const WEIGHT_BITS: i32 = 13;
const ROW_BITS: i32 = 6;

/** A pixel has so many parts, for each of which the table has weights. */
const PARTS: f64 = 256.0;

/** Places are computed so many pixels apart; between them they are linear, in fixed point. */
const BLOCK: i32 = 32;
const FINE_BITS: i64 = 24;
const FINE: f64 = 16777216.0;

/**
 * Rows `from`..`to` (exclusive) of the reference's codes, 8 bits.
 * @param source address of the frame's row `first`; rows `first`..`last` (exclusive) lie there
 * @param step bytes from one row of the frame to the next, `columns` its pixels
 * @param a,b,c,d,e,f,g,h reference -> frame, row by row; the ninth is 1
 * @param weights 256 x 4 int16, sums of 8192
 * @param into address of row `from`; 64 bytes after the last row are written, too
 */
export function resample8(
  source: usize,
  step: i32,
  columns: i32,
  first: i32,
  last: i32,
  a: f64,
  b: f64,
  c: f64,
  d: f64,
  e: f64,
  f: f64,
  g: f64,
  h: f64,
  weights: usize,
  width: i32,
  from: i32,
  to: i32,
  into: usize,
  intoStep: i32,
): void {
  const roundRow = i32x4.splat(1 << (WEIGHT_BITS - ROW_BITS - 1));
  const roundSum = i32x4.splat(1 << (WEIGHT_BITS + ROW_BITS - 1));
  for (let y = from; y < to; y++) {
    const v = <f64>y + 0.5;
    const cx = b * v + c,
      cy = e * v + f,
      cw = h * v + 1.0;
    let at = into + <usize>((y - from) * intoStep);
    let w = PARTS / (g * 0.5 + cw);
    let startX = (a * 0.5 + cx) * w,
      startY = (d * 0.5 + cy) * w;
    for (let block = 0; block < width; block += BLOCK) {
      const u = <f64>(block + BLOCK) + 0.5;
      w = PARTS / (g * u + cw);
      const endX = (a * u + cx) * w,
        endY = (d * u + cy) * w;
      let fineX = <i64>((startX - 127.5) * FINE),
        fineY = <i64>((startY - 127.5) * FINE);
      const dx = <i64>((endX - startX) * (FINE / <f64>BLOCK)),
        dy = <i64>((endY - startY) * (FINE / <f64>BLOCK));
      startX = endX;
      startY = endY;
      const end = min(block + BLOCK, width);
      for (let x = block; x < end; x++, fineX += dx, fineY += dy) {
        const px = <i32>(fineX >> FINE_BITS),
          py = <i32>(fineY >> FINE_BITS);
        const left = clamp(px >> 8, 1, columns - 3);
        const top = clamp(py >> 8, first + 1, last - 3);
        const across = weights + <usize>((px & 255) << 3);
        const down = weights + <usize>((py & 255) << 3);
        const w01 = v128.load32_splat(across),
          w23 = v128.load32_splat(across, 4);
        const row = source + <usize>((top - 1 - first) * step + (left - 1) * 3);
        const s0 = i32x4.shr_s(i32x4.add(rowOf(row, w01, w23), roundRow), 7);
        const s1 = i32x4.shr_s(i32x4.add(rowOf(row + step, w01, w23), roundRow), 7);
        const s2 = i32x4.shr_s(i32x4.add(rowOf(row + 2 * step, w01, w23), roundRow), 7);
        const s3 = i32x4.shr_s(i32x4.add(rowOf(row + 3 * step, w01, w23), roundRow), 7);
        const sum = i32x4.add(
          i32x4.dot_i16x8_s(pairsOf(s0, s1), v128.load32_splat(down)),
          i32x4.dot_i16x8_s(pairsOf(s2, s3), v128.load32_splat(down, 4)),
        );
        const wide = i32x4.shr_s(i32x4.add(sum, roundSum), WEIGHT_BITS + ROW_BITS);
        const codes = i8x16.narrow_i16x8_u(i16x8.narrow_i32x4_s(wide, wide), wide);
        // The fourth byte belongs to the next pixel, which is written next.
        v128.store32_lane(at, codes, 0);
        at += 3;
      }
    }
  }
}

/** Red, green and blue of four neighbours, weighted: int32, 1 = 8192. Lanes numbered 128 are 0. */
function rowOf(at: usize, w01: v128, w23: v128): v128 {
  const four = v128.load(at);
  const near = i8x16.swizzle(
    four,
    i8x16(0, -128, 3, -128, 1, -128, 4, -128, 2, -128, 5, -128, -128, -128, -128, -128),
  );
  const far = i8x16.swizzle(
    four,
    i8x16(6, -128, 9, -128, 7, -128, 10, -128, 8, -128, 11, -128, -128, -128, -128, -128),
  );
  return i32x4.add(i32x4.dot_i16x8_s(near, w01), i32x4.dot_i16x8_s(far, w23));
}

/** Two rows of int32 as pairs of int16: red of both, green of both, .. */
function pairsOf(upper: v128, lower: v128): v128 {
  const both = i16x8.narrow_i32x4_s(upper, lower);
  return i8x16.shuffle(both, both, 0, 1, 8, 9, 2, 3, 10, 11, 4, 5, 12, 13, 6, 7, 14, 15);
}

function clamp(value: i32, least: i32, most: i32): i32 {
  return value < least ? least : value > most ? most : value;
}

/** The same for 16-bit codes, one value at a time: deep files are rare and slow to decode anyway. */
export function resample16(
  source: usize,
  step: i32,
  columns: i32,
  first: i32,
  last: i32,
  a: f64,
  b: f64,
  c: f64,
  d: f64,
  e: f64,
  f: f64,
  g: f64,
  h: f64,
  weights: usize,
  width: i32,
  from: i32,
  to: i32,
  into: usize,
  intoStep: i32,
): void {
  for (let y = from; y < to; y++) {
    const v = <f64>y + 0.5;
    const cx = b * v + c,
      cy = e * v + f,
      cw = h * v + 1.0;
    let at = into + <usize>((y - from) * intoStep);
    for (let x = 0; x < width; x++, at += 6) {
      const u = <f64>x + 0.5;
      const w = 256.0 / (g * u + cw);
      const px = <i32>Math.floor((a * u + cx) * w + 0.5) - 128;
      const py = <i32>Math.floor((d * u + cy) * w + 0.5) - 128;
      const left = clamp(px >> 8, 1, columns - 3);
      const top = clamp(py >> 8, first + 1, last - 3);
      const across = weights + <usize>((px & 255) << 3);
      const down = weights + <usize>((py & 255) << 3);
      const row = source + <usize>((top - 1 - first) * step + (left - 1) * 6);
      store<u16>(at, weighted(row, step, across, down));
      store<u16>(at, weighted(row + 2, step, across, down), 2);
      store<u16>(at, weighted(row + 4, step, across, down), 4);
    }
  }
}

function weighted(at: usize, step: i32, across: usize, down: usize): u16 {
  let sum: f32 = 0;
  for (let j = 0; j < 4; j++) {
    const row = at + <usize>(j * step);
    const part =
      <f32>load<i16>(across) * <f32>load<u16>(row) +
      <f32>load<i16>(across, 2) * <f32>load<u16>(row, 6) +
      <f32>load<i16>(across, 4) * <f32>load<u16>(row, 12) +
      <f32>load<i16>(across, 6) * <f32>load<u16>(row, 18);
    sum += part * <f32>load<i16>(down + <usize>(j << 1));
  }
  const value = sum * (1.0 / 67108864.0) + 0.5;
  return value <= 0.0 ? 0 : value >= 65535.0 ? 65535 : <u16>value;
}
