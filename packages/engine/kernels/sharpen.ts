/** Unsharp mask on luma: src/sharpen/apply-sharpen.ts on planes, where it is said how. */
import { blueOver, greenOver, redOver } from './lib/channels';
import { interleaveHigh, interleaveLow, PAD, padRow, rowAt } from './lib/plane';

const ONE: i16 = 8192;

/**
 * Chroma rows `from`..`to` and the luma rows they stand for; chroma is carried over as it is.
 * @param w0 w1 w2 weights of a pixel, its next and second next neighbours, 1.0 = 32768
 * @param amount factor on details, 1.0 = 16384
 * @param threshold details up to this many samples are left alone
 * @param haloCap samples a pixel may leave the range of its neighbours
 * @param scratch a row of luma with padding
 */
export function sharpen(
  luma: usize,
  lumaStride: i32,
  width: i32,
  height: i32,
  cb: usize,
  cr: usize,
  chromaStride: i32,
  intoLuma: usize,
  intoCb: usize,
  intoCr: usize,
  w0: i32,
  w1: i32,
  w2: i32,
  amount: i32,
  threshold: i32,
  haloCap: i32,
  from: i32,
  to: i32,
  scratch: usize,
): void {
  const half = (width + 1) >> 1;
  const column = scratch + <usize>(PAD << 1);
  const weight0 = i16x8.splat(<i16>w0),
    weight1 = i16x8.splat(<i16>w1),
    weight2 = i16x8.splat(<i16>w2);
  const factor = i16x8.splat(<i16>amount),
    core = i16x8.splat(<i16>threshold),
    cap = i16x8.splat(<i16>haloCap);
  for (let y = from; y < to; y++) {
    const at = <usize>(y * chromaStride);
    copyRow(cb + at, intoCb + at, half);
    copyRow(cr + at, intoCr + at, half);
    for (let row = 2 * y; row < min(2 * y + 2, height); row++) {
      const above = rowAt(luma, lumaStride, height, row - 1);
      const here = rowAt(luma, lumaStride, height, row);
      const below = rowAt(luma, lumaStride, height, row + 1);
      blurColumn(
        rowAt(luma, lumaStride, height, row - 2),
        above,
        here,
        below,
        rowAt(luma, lumaStride, height, row + 2),
        column,
        width,
        weight0,
        weight1,
        weight2,
      );
      const into = intoLuma + <usize>(row * lumaStride);
      for (let x = 0; x < half; x += 8) {
        const over = strongest(v128.load(cb + at + (x << 1)), v128.load(cr + at + (x << 1)));
        const left = <usize>(x << 2);
        sharpen8(
          above + left,
          here + left,
          below + left,
          column + left,
          into + left,
          interleaveLow(over, over),
          weight0,
          weight1,
          weight2,
          factor,
          core,
          cap,
        );
        sharpen8(
          above + left + 16,
          here + left + 16,
          below + left + 16,
          column + left + 16,
          into + left + 16,
          interleaveHigh(over, over),
          weight0,
          weight1,
          weight2,
          factor,
          core,
          cap,
        );
      }
      padRow(into, width);
    }
  }
}

function copyRow(from: usize, into: usize, length: i32): void {
  const pad = <usize>(PAD << 1);
  memory.copy(into - pad, from - pad, <usize>((length + 2 * PAD) << 1));
}

/** Five rows blurred downwards. */
function blurColumn(
  above2: usize,
  above: usize,
  here: usize,
  below: usize,
  below2: usize,
  column: usize,
  width: i32,
  w0: v128,
  w1: v128,
  w2: v128,
): void {
  for (let x: isize = -16; x < <isize>((width + 16) << 1); x += 16) {
    const outer = i16x8.add(v128.load(above2 + x), v128.load(below2 + x));
    const inner = i16x8.add(v128.load(above + x), v128.load(below + x));
    v128.store(column + x, blurred(v128.load(here + x), inner, outer, w0, w1, w2));
  }
}

function blurred(here: v128, inner: v128, outer: v128, w0: v128, w1: v128, w2: v128): v128 {
  const sides = i16x8.add(i16x8.q15mulr_sat_s(inner, w1), i16x8.q15mulr_sat_s(outer, w2));
  return i16x8.add(i16x8.q15mulr_sat_s(here, w0), sides);
}

/** What the strongest channel has beyond luma. */
function strongest(cb: v128, cr: v128): v128 {
  const red = redOver(cr),
    green = greenOver(cb, cr),
    blue = blueOver(cb);
  return i16x8.max_s(i16x8.max_s(red, green), blue);
}

function sharpen8(
  above: usize,
  here: usize,
  below: usize,
  column: usize,
  into: usize,
  over: v128,
  w0: v128,
  w1: v128,
  w2: v128,
  amount: v128,
  core: v128,
  cap: v128,
): void {
  const value = v128.load(here);
  const inner = i16x8.add(v128.load(column - 2), v128.load(column + 2));
  const outer = i16x8.add(v128.load(column - 4), v128.load(column + 4));
  const soft = blurred(v128.load(column), inner, outer, w0, w1, w2);
  const detail = i16x8.sub(value, soft);
  const small = i16x8.max_s(i16x8.min_s(detail, core), i16x8.neg(core));
  const kept = i16x8.sub(detail, small);
  // The amount has 14 bits behind the point and `q15mulr` takes 15 away.
  const wanted = i16x8.add(value, i16x8.q15mulr_sat_s(i16x8.add_sat_s(kept, kept), amount));
  const low = i16x8.min_s(i16x8.min_s(lowest(above), lowest(here)), lowest(below));
  const high = i16x8.max_s(i16x8.max_s(highest(above), highest(here)), highest(below));
  const capped = i16x8.max_s(i16x8.min_s(wanted, i16x8.add(high, cap)), i16x8.sub(low, cap));
  const room = i16x8.shr_s(i16x8.sub(i16x8.splat(ONE), i16x8.add(value, over)), 1);
  const limit = i16x8.max_s(room, i16x8.splat(0));
  v128.store(into, i16x8.add(value, i16x8.min_s(i16x8.sub(capped, value), limit)));
}

/** Of a sample and those beside it. */
function lowest(at: usize): v128 {
  return i16x8.min_s(v128.load(at), i16x8.min_s(v128.load(at - 2), v128.load(at + 2)));
}

function highest(at: usize): v128 {
  return i16x8.max_s(v128.load(at), i16x8.max_s(v128.load(at - 2), v128.load(at + 2)));
}
