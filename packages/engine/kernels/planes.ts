/**
 * Interleaved RGB codes to planes: Y of every pixel, Cb and Cr of every 2 x 2 pixels.
 * Rec. 709 luma of the sRGB-encoded values; Cb = (B - Y) / 1.8556, Cr = (R - Y) / 1.5748.
 */
import { interleaveHigh, interleaveLow, padRow } from './lib/plane';

/** Rec. 709 weights of red and green, green and blue for `dot`, times 8192 / 255 * 1024. */
const Y8_R: i16 = 6994;
const Y8_G: i16 = 23528;
const Y8_B: i16 = 2375;
/** Chroma of the sum of four codes: coefficient * 8192 / 255 / 4 * 4096. */
const CB8_R: i16 = -3769;
const CB8_G: i16 = -12679;
const CB8_B: i16 = 16448;
const CR8_R: i16 = 16448;
const CR8_G: i16 = -14940;
const CR8_B: i16 = -1508;

/**
 * Rows `from`..`to` (exclusive; `from` even) of 8-bit codes.
 * @param rgb address of the codes of row `from`; 48 bytes after the last row must be readable
 * @param step bytes from one row of codes to the next
 */
export function planes8(
  rgb: usize,
  step: i32,
  width: i32,
  height: i32,
  from: i32,
  to: i32,
  luma: usize,
  lumaStride: i32,
  cb: usize,
  cr: usize,
  chromaStride: i32,
): void {
  for (let y = from; y < to; y += 2) {
    const upper = rgb + <usize>((y - from) * step);
    // The last row of an odd height stands in for the one below it.
    const lower = y + 1 < height ? upper + step : upper;
    const lumaUpper = luma + <usize>(y * lumaStride);
    const lumaLower = y + 1 < height ? lumaUpper + lumaStride : lumaUpper;
    const cbRow = cb + <usize>((y >> 1) * chromaStride);
    const crRow = cr + <usize>((y >> 1) * chromaStride);
    for (let x = 0; x < width; x += 16) {
      const at = <usize>(x * 3);
      const r0 = redOf(upper + at),
        g0 = greenOf(upper + at),
        b0 = blueOf(upper + at);
      const r1 = redOf(lower + at),
        g1 = greenOf(lower + at),
        b1 = blueOf(lower + at);
      storeLuma(lumaUpper + <usize>(x << 1), r0, g0, b0);
      storeLuma(lumaLower + <usize>(x << 1), r1, g1, b1);
      let r = sumOfFour(r0, r1),
        g = sumOfFour(g0, g1),
        b = sumOfFour(b0, b1);
      if (x + 16 > width && width & 1 && x + 15 >= width) {
        // The last column of an odd width stands in for the one to the right of it.
        const lane = (width - 1 - x) >> 1;
        r = replaceLane(r, lane, pairOf(upper, lower, width - 1, 0));
        g = replaceLane(g, lane, pairOf(upper, lower, width - 1, 1));
        b = replaceLane(b, lane, pairOf(upper, lower, width - 1, 2));
      }
      v128.store(cbRow + x, chroma8(r, g, b, CB8_R, CB8_G, CB8_B));
      v128.store(crRow + x, chroma8(r, g, b, CR8_R, CR8_G, CR8_B));
    }
    padRow(lumaUpper, width);
    padRow(lumaLower, width);
    padRow(cbRow, (width + 1) >> 1);
    padRow(crRow, (width + 1) >> 1);
  }
}

/** Red of 16 pixels out of 48 interleaved bytes. */
function redOf(at: usize): v128 {
  const a = v128.load(at),
    b = v128.load(at, 16),
    c = v128.load(at, 32);
  const ab = i8x16.shuffle(a, b, 0, 3, 6, 9, 12, 15, 18, 21, 24, 27, 30, 0, 0, 0, 0, 0);
  return i8x16.shuffle(ab, c, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 17, 20, 23, 26, 29);
}

function greenOf(at: usize): v128 {
  const a = v128.load(at),
    b = v128.load(at, 16),
    c = v128.load(at, 32);
  const ab = i8x16.shuffle(a, b, 1, 4, 7, 10, 13, 16, 19, 22, 25, 28, 31, 0, 0, 0, 0, 0);
  return i8x16.shuffle(ab, c, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 18, 21, 24, 27, 30);
}

function blueOf(at: usize): v128 {
  const a = v128.load(at),
    b = v128.load(at, 16),
    c = v128.load(at, 32);
  const ab = i8x16.shuffle(a, b, 2, 5, 8, 11, 14, 17, 20, 23, 26, 29, 0, 0, 0, 0, 0, 0);
  return i8x16.shuffle(ab, c, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 16, 19, 22, 25, 28, 31);
}

function storeLuma(at: usize, r: v128, g: v128, b: v128): void {
  v128.store(
    at,
    luma8(i16x8.extend_low_i8x16_u(r), i16x8.extend_low_i8x16_u(g), i16x8.extend_low_i8x16_u(b)),
  );
  v128.store(
    at,
    luma8(i16x8.extend_high_i8x16_u(r), i16x8.extend_high_i8x16_u(g), i16x8.extend_high_i8x16_u(b)),
    16,
  );
}

function luma8(r: v128, g: v128, b: v128): v128 {
  const rg = i16x8.splat(Y8_R);
  const weightsRG = i8x16.shuffle(
    rg,
    i16x8.splat(Y8_G),
    0,
    1,
    16,
    17,
    0,
    1,
    16,
    17,
    0,
    1,
    16,
    17,
    0,
    1,
    16,
    17,
  );
  const one = i16x8.splat(1);
  // 512 rounds the shift by 10.
  const weightsB1 = i8x16.shuffle(
    i16x8.splat(Y8_B),
    i16x8.splat(512),
    0,
    1,
    16,
    17,
    0,
    1,
    16,
    17,
    0,
    1,
    16,
    17,
    0,
    1,
    16,
    17,
  );
  const low = i32x4.add(
    i32x4.dot_i16x8_s(interleaveLow(r, g), weightsRG),
    i32x4.dot_i16x8_s(interleaveLow(b, one), weightsB1),
  );
  const high = i32x4.add(
    i32x4.dot_i16x8_s(interleaveHigh(r, g), weightsRG),
    i32x4.dot_i16x8_s(interleaveHigh(b, one), weightsB1),
  );
  return i16x8.narrow_i32x4_s(i32x4.shr_s(low, 10), i32x4.shr_s(high, 10));
}

/** Sums of 2 x 2 codes: eight of 16 columns in two rows. */
function sumOfFour(upper: v128, lower: v128): v128 {
  return i16x8.add(i16x8.extadd_pairwise_i8x16_u(upper), i16x8.extadd_pairwise_i8x16_u(lower));
}

/** Twice the codes of one column in two rows. */
function pairOf(upper: usize, lower: usize, column: i32, channel: i32): i16 {
  const at = <usize>(column * 3 + channel);
  return <i16>((<i32>load<u8>(upper + at) + <i32>load<u8>(lower + at)) << 1);
}

function replaceLane(sums: v128, lane: i32, value: i16): v128 {
  const lanes = i16x8(0, 1, 2, 3, 4, 5, 6, 7);
  return v128.bitselect(i16x8.splat(value), sums, i16x8.eq(lanes, i16x8.splat(<i16>lane)));
}

function chroma8(r: v128, g: v128, b: v128, kr: i16, kg: i16, kb: i16): v128 {
  const weightsRG = i8x16.shuffle(
    i16x8.splat(kr),
    i16x8.splat(kg),
    0,
    1,
    16,
    17,
    0,
    1,
    16,
    17,
    0,
    1,
    16,
    17,
    0,
    1,
    16,
    17,
  );
  const one = i16x8.splat(1);
  // 2048 rounds the shift by 12.
  const weightsB1 = i8x16.shuffle(
    i16x8.splat(kb),
    i16x8.splat(2048),
    0,
    1,
    16,
    17,
    0,
    1,
    16,
    17,
    0,
    1,
    16,
    17,
    0,
    1,
    16,
    17,
  );
  const low = i32x4.add(
    i32x4.dot_i16x8_s(interleaveLow(r, g), weightsRG),
    i32x4.dot_i16x8_s(interleaveLow(b, one), weightsB1),
  );
  const high = i32x4.add(
    i32x4.dot_i16x8_s(interleaveHigh(r, g), weightsRG),
    i32x4.dot_i16x8_s(interleaveHigh(b, one), weightsB1),
  );
  return i16x8.narrow_i32x4_s(i32x4.shr_s(low, 12), i32x4.shr_s(high, 12));
}

/** Rec. 709 weights for `dot` on 16-bit codes, times 8192 / 65536 * 131072. */
const Y16_R: i16 = 3483;
const Y16_G: i16 = 11718;
const Y16_B: i16 = 1183;
const CB16_R: i16 = -1877;
const CB16_G: i16 = -6315;
const CB16_B: i16 = 8192;
const CR16_R: i16 = 8192;
const CR16_G: i16 = -7441;
const CR16_B: i16 = -751;

/** Codes are taken around their middle, to be signed; luma gets that back. Half a sample rounds. */
const MIDDLE: u16 = 32768;
const Y16_OFFSET: i32 = 536936448;
const C16_OFFSET: i32 = 65536;

/**
 * The same for 16-bit codes.
 * @param step bytes from one row of codes to the next; 96 bytes after the last row must be readable
 */
export function planes16(
  rgb: usize,
  step: i32,
  width: i32,
  height: i32,
  from: i32,
  to: i32,
  luma: usize,
  lumaStride: i32,
  cb: usize,
  cr: usize,
  chromaStride: i32,
): void {
  for (let y = from; y < to; y += 2) {
    const upper = rgb + <usize>((y - from) * step);
    const lower = y + 1 < height ? upper + step : upper;
    const lumaUpper = luma + <usize>(y * lumaStride);
    const lumaLower = y + 1 < height ? lumaUpper + lumaStride : lumaUpper;
    const cbRow = cb + <usize>((y >> 1) * chromaStride);
    const crRow = cr + <usize>((y >> 1) * chromaStride);
    for (let x = 0; x < width; x += 16) {
      const at = <usize>(x * 6);
      const into = <usize>(x << 1);
      const r0 = red16(upper + at),
        g0 = green16(upper + at),
        b0 = blue16(upper + at);
      const r1 = red16(upper + at + 48),
        g1 = green16(upper + at + 48),
        b1 = blue16(upper + at + 48);
      const r2 = red16(lower + at),
        g2 = green16(lower + at),
        b2 = blue16(lower + at);
      const r3 = red16(lower + at + 48),
        g3 = green16(lower + at + 48),
        b3 = blue16(lower + at + 48);
      v128.store(lumaUpper + into, luma16(r0, g0, b0));
      v128.store(lumaUpper + into, luma16(r1, g1, b1), 16);
      v128.store(lumaLower + into, luma16(r2, g2, b2));
      v128.store(lumaLower + into, luma16(r3, g3, b3), 16);
      let r = meanOfFour(r0, r1, r2, r3),
        g = meanOfFour(g0, g1, g2, g3),
        b = meanOfFour(b0, b1, b2, b3);
      if (width & 1 && x + 16 > width) {
        // The last column of an odd width stands in for the one to the right of it.
        const lane = (width - 1 - x) >> 1;
        r = replaceLane(r, lane, pairOf16(upper, lower, width - 1, 0));
        g = replaceLane(g, lane, pairOf16(upper, lower, width - 1, 1));
        b = replaceLane(b, lane, pairOf16(upper, lower, width - 1, 2));
      }
      v128.store(cbRow + x, weighed16(r, g, b, CB16_R, CB16_G, CB16_B, C16_OFFSET));
      v128.store(crRow + x, weighed16(r, g, b, CR16_R, CR16_G, CR16_B, C16_OFFSET));
    }
    padRow(lumaUpper, width);
    padRow(lumaLower, width);
    padRow(cbRow, (width + 1) >> 1);
    padRow(crRow, (width + 1) >> 1);
  }
}

/** Red of 8 pixels out of 24 interleaved codes, around the middle. */
function red16(at: usize): v128 {
  const ab = i16x8.shuffle(v128.load(at), v128.load(at, 16), 0, 3, 6, 9, 12, 15, 0, 0);
  return around(i16x8.shuffle(ab, v128.load(at, 32), 0, 1, 2, 3, 4, 5, 10, 13));
}

function green16(at: usize): v128 {
  const ab = i16x8.shuffle(v128.load(at), v128.load(at, 16), 1, 4, 7, 10, 13, 0, 0, 0);
  return around(i16x8.shuffle(ab, v128.load(at, 32), 0, 1, 2, 3, 4, 8, 11, 14));
}

function blue16(at: usize): v128 {
  const ab = i16x8.shuffle(v128.load(at), v128.load(at, 16), 2, 5, 8, 11, 14, 0, 0, 0);
  return around(i16x8.shuffle(ab, v128.load(at, 32), 0, 1, 2, 3, 4, 9, 12, 15));
}

function around(codes: v128): v128 {
  return v128.xor(codes, i16x8.splat(<i16>MIDDLE));
}

function luma16(r: v128, g: v128, b: v128): v128 {
  return weighed16(r, g, b, Y16_R, Y16_G, Y16_B, Y16_OFFSET);
}

function weighed16(r: v128, g: v128, b: v128, kr: i16, kg: i16, kb: i16, offset: i32): v128 {
  const weightsRG = interleaveLow(i16x8.splat(kr), i16x8.splat(kg));
  const weightsB = interleaveLow(i16x8.splat(kb), i16x8.splat(0));
  const low = i32x4.add(
    i32x4.dot_i16x8_s(interleaveLow(r, g), weightsRG),
    i32x4.dot_i16x8_s(interleaveLow(b, b), weightsB),
  );
  const high = i32x4.add(
    i32x4.dot_i16x8_s(interleaveHigh(r, g), weightsRG),
    i32x4.dot_i16x8_s(interleaveHigh(b, b), weightsB),
  );
  return i16x8.narrow_i32x4_s(
    i32x4.shr_s(i32x4.add(low, i32x4.splat(offset)), 17),
    i32x4.shr_s(i32x4.add(high, i32x4.splat(offset)), 17),
  );
}

/** Means of 2 x 2: eight of them from two rows of 16. */
function meanOfFour(left: v128, right: v128, leftBelow: v128, rightBelow: v128): v128 {
  return i16x8.narrow_i32x4_s(quarter(left, leftBelow), quarter(right, rightBelow));
}

function quarter(upper: v128, lower: v128): v128 {
  const sum = i32x4.add(i32x4.extadd_pairwise_i16x8_s(upper), i32x4.extadd_pairwise_i16x8_s(lower));
  return i32x4.shr_s(i32x4.add(sum, i32x4.splat(2)), 2);
}

/** Mean of one pixel and the one below it, around the middle. */
function pairOf16(upper: usize, lower: usize, x: i32, channel: i32): i16 {
  const at = <usize>(x * 6 + (channel << 1));
  const mean = (<i32>load<u16>(upper + at) + <i32>load<u16>(lower + at) + 1) >> 1;
  return <i16>(mean - <i32>MIDDLE);
}
