/** Planes to interleaved 16-bit RGB, the form small copies are planned on. */
import { enlargeColumn, interleaveHigh, interleaveLow, nearer, PAD } from './lib/plane';

/** Parts of Cr and Cb in red, green and blue; red and blue take the whole of it besides. */
const RED_CR: i16 = 18835;
const BLUE_CB: i16 = 28034;
const GREEN_CB: i16 = -6138;
const GREEN_CR: i16 = -15339;

/** Bytes of 16 pixels. */
const BLOCK: i32 = 96;

/**
 * Rows `from`..`to`. Chroma is enlarged bilinearly, its samples standing for 2 x 2 pixels.
 * @param rgb address of row 0
 * @param scratch two rows of chroma with padding, and one block
 */
export function rgb16(
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
  const tail = crColumn + <usize>((half + 3 * PAD) << 1);
  const whole = width & ~15;
  for (let y = from; y < to; y++) {
    enlargeColumn(cb, chromaStride, half, chromaHeight, y, cbColumn);
    enlargeColumn(cr, chromaStride, half, chromaHeight, y, crColumn);
    const row = luma + <usize>(y * lumaStride);
    const into = rgb + <usize>(y * width * 6);
    for (let x = 0; x < whole; x += 16) store16(row, cbColumn, crColumn, x, into + <usize>(x * 6));
    if (whole < width) {
      // The tail goes by way of the scratch, so that no other row's pixels are touched.
      store16(row, cbColumn, crColumn, whole, tail);
      memory.copy(into + <usize>(whole * 6), tail, <usize>((width - whole) * 6));
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
  const at = row + <usize>(x << 1);
  store8(v128.load(at), interleaveLow(cbEven, cbOdd), interleaveLow(crEven, crOdd), into);
  store8(
    v128.load(at, 16),
    interleaveHigh(cbEven, cbOdd),
    interleaveHigh(crEven, crOdd),
    into + <usize>(BLOCK >> 1),
  );
}

function store8(y: v128, cb: v128, cr: v128, into: usize): void {
  const r = code(
    i16x8.add_sat_s(i16x8.add_sat_s(y, cr), i16x8.q15mulr_sat_s(cr, i16x8.splat(RED_CR))),
  );
  const away = i16x8.add_sat_s(
    i16x8.q15mulr_sat_s(cb, i16x8.splat(GREEN_CB)),
    i16x8.q15mulr_sat_s(cr, i16x8.splat(GREEN_CR)),
  );
  const g = code(i16x8.add_sat_s(y, away));
  const b = code(
    i16x8.add_sat_s(i16x8.add_sat_s(y, cb), i16x8.q15mulr_sat_s(cb, i16x8.splat(BLUE_CB))),
  );
  const rg0 = i16x8.shuffle(r, g, 0, 8, 0, 1, 9, 0, 2, 10);
  v128.store(into, i16x8.shuffle(rg0, b, 0, 1, 8, 3, 4, 9, 6, 7));
  const rg1 = i16x8.shuffle(r, g, 0, 3, 11, 0, 4, 12, 0, 5);
  v128.store(into, i16x8.shuffle(rg1, b, 10, 1, 2, 11, 4, 5, 12, 7), 16);
  const rg2 = i16x8.shuffle(r, g, 13, 0, 6, 14, 0, 7, 15, 0);
  v128.store(into, i16x8.shuffle(rg2, b, 0, 13, 2, 3, 14, 5, 6, 15), 32);
}

/** 0..8192 to 0..65535: eight codes a sample, and one less at the top, which would not fit. */
function code(value: v128): v128 {
  const inside = i16x8.max_s(i16x8.min_s(value, i16x8.splat(8192)), i16x8.splat(0));
  return i16x8.sub(i16x8.shl(inside, 3), i16x8.shr_u(inside, 13));
}
