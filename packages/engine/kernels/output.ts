/** Planes to interleaved 8-bit RGB, the form encoders take. */
import { enlargeColumn, interleaveHigh, interleaveLow, nearer, PAD } from './lib/plane';

/** Parts of Cr and Cb in red, green and blue; red and blue take the whole of it besides. */
const RED_CR: i16 = 18835;
const BLUE_CB: i16 = 28034;
const GREEN_CB: i16 = -6138;
const GREEN_CR: i16 = -15339;
/** 255 / 8192 for `q15mulr`. */
const TO_CODE: i16 = 1020;

/**
 * Rows `from`..`to`. Chroma is enlarged bilinearly, its samples standing for 2 x 2 pixels.
 * @param rgb address of row 0; 16 bytes after the last row must be writable
 * @param scratch two rows of chroma with padding
 */
export function rgb8(
  luma: usize,
  lumaStride: i32,
  cb: usize,
  cr: usize,
  chromaStride: i32,
  chromaHeight: i32,
  width: i32,
  rgb: usize,
  from: i32,
  to: i32,
  scratch: usize,
): void {
  const half = (width + 1) >> 1;
  const cbColumn = scratch + <usize>(PAD << 1);
  const crColumn = cbColumn + <usize>((half + 3 * PAD) << 1);
  for (let y = from; y < to; y++) {
    enlargeColumn(cb, chromaStride, half, chromaHeight, y, cbColumn);
    enlargeColumn(cr, chromaStride, half, chromaHeight, y, crColumn);
    const row = luma + <usize>(y * lumaStride);
    const into = rgb + <usize>(y * width * 3);
    const whole = width & ~15;
    for (let x = 0; x < whole; x += 16) store16(row, cbColumn, crColumn, x, into + <usize>(x * 3));
    if (whole < width) {
      // The tail goes by way of the scratch, so that no other row's pixels are touched.
      const tail = crColumn + <usize>((half + PAD) << 1);
      store16(row, cbColumn, crColumn, whole, tail);
      memory.copy(into + <usize>(whole * 3), tail, <usize>((width - whole) * 3));
    }
  }
}

/** 16 pixels: eight samples of chroma, each for an even and an odd column. */
function store16(row: usize, cbColumn: usize, crColumn: usize, x: i32, into: usize): void {
  const cbAt = cbColumn + <usize>x,
    crAt = crColumn + <usize>x;
  const cbHere = v128.load(cbAt),
    crHere = v128.load(crAt);
  const cbEven = nearer(cbHere, v128.load(cbAt - 2)),
    cbOdd = nearer(cbHere, v128.load(cbAt + 2));
  const crEven = nearer(crHere, v128.load(crAt - 2)),
    crOdd = nearer(crHere, v128.load(crAt + 2));
  const yLow = v128.load(row + <usize>(x << 1)),
    yHigh = v128.load(row + <usize>(x << 1), 16);
  const cbLow = interleaveLow(cbEven, cbOdd),
    cbHigh = interleaveHigh(cbEven, cbOdd);
  const crLow = interleaveLow(crEven, crOdd),
    crHigh = interleaveHigh(crEven, crOdd);
  const r = i8x16.narrow_i16x8_u(red(yLow, crLow), red(yHigh, crHigh));
  const g = i8x16.narrow_i16x8_u(green(yLow, cbLow, crLow), green(yHigh, cbHigh, crHigh));
  const b = i8x16.narrow_i16x8_u(blue(yLow, cbLow), blue(yHigh, cbHigh));
  const rg0 = i8x16.shuffle(r, g, 0, 16, 0, 1, 17, 0, 2, 18, 0, 3, 19, 0, 4, 20, 0, 5);
  v128.store(into, i8x16.shuffle(rg0, b, 0, 1, 16, 3, 4, 17, 6, 7, 18, 9, 10, 19, 12, 13, 20, 15));
  const rg1 = i8x16.shuffle(r, g, 21, 0, 6, 22, 0, 7, 23, 0, 8, 24, 0, 9, 25, 0, 10, 26);
  v128.store(
    into,
    i8x16.shuffle(rg1, b, 0, 21, 2, 3, 22, 5, 6, 23, 8, 9, 24, 11, 12, 25, 14, 15),
    16,
  );
  const rg2 = i8x16.shuffle(r, g, 0, 11, 27, 0, 12, 28, 0, 13, 29, 0, 14, 30, 0, 15, 31, 0);
  v128.store(
    into,
    i8x16.shuffle(rg2, b, 26, 1, 2, 27, 4, 5, 28, 7, 8, 29, 10, 11, 30, 13, 14, 31),
    32,
  );
}

function red(y: v128, cr: v128): v128 {
  return code(
    i16x8.add_sat_s(i16x8.add_sat_s(y, cr), i16x8.q15mulr_sat_s(cr, i16x8.splat(RED_CR))),
  );
}

function green(y: v128, cb: v128, cr: v128): v128 {
  const away = i16x8.add_sat_s(
    i16x8.q15mulr_sat_s(cb, i16x8.splat(GREEN_CB)),
    i16x8.q15mulr_sat_s(cr, i16x8.splat(GREEN_CR)),
  );
  return code(i16x8.add_sat_s(y, away));
}

function blue(y: v128, cb: v128): v128 {
  return code(
    i16x8.add_sat_s(i16x8.add_sat_s(y, cb), i16x8.q15mulr_sat_s(cb, i16x8.splat(BLUE_CB))),
  );
}

function code(value: v128): v128 {
  return i16x8.q15mulr_sat_s(value, i16x8.splat(TO_CODE));
}
