/**
 * What all kernels agree on.
 *
 * A plane is rows of int16 samples, 1.0 = 8192, so that values may leave 0..1 by far on the way and an
 * 8-bit level has 32 steps. `plane` is the address of sample (0, 0), `stride` the bytes from one row to
 * the next. Left and right of each row lie PAD samples that repeat the first and the last one: filters
 * read over the edge without asking. Rows may be written up to the next multiple of 16 samples before
 * the padding is laid over what was too much.
 */

/** Samples on each side of a row; also how far a kernel may read or write beyond a row's end. */
export const PAD: i32 = 32;

/** Address of row `y`, which is clamped to 0..height-1. */
export function rowAt(plane: usize, stride: i32, height: i32, y: i32): usize {
  const clamped = y < 0 ? 0 : y >= height ? height - 1 : y;
  return plane + <usize>(clamped * stride);
}

/** Repeats the first and the last of `width` samples into the padding of a row. */
export function padRow(row: usize, width: i32): void {
  const first = i16x8.splat(load<i16>(row));
  const last = i16x8.splat(load<i16>(row + <usize>((width - 1) << 1)));
  const end = row + <usize>(width << 1);
  for (let i = 0; i < PAD << 1; i += 16) {
    v128.store(row - <usize>(PAD << 1) + i, first);
    v128.store(end + i, last);
  }
}

/** Samples 0 of a, 0 of b, 1 of a, 1 of b, .. from the first halves. */
export function interleaveLow(a: v128, b: v128): v128 {
  return i8x16.shuffle(a, b, 0, 1, 16, 17, 2, 3, 18, 19, 4, 5, 20, 21, 6, 7, 22, 23);
}

/** The same from the second halves. */
export function interleaveHigh(a: v128, b: v128): v128 {
  return i8x16.shuffle(a, b, 8, 9, 24, 25, 10, 11, 26, 27, 12, 13, 28, 29, 14, 15, 30, 31);
}

/** Three quarters of one, one of the other: what lies between two samples, nearer to the first. */
export function nearer(near: v128, far: v128): v128 {
  return i16x8.add(
    i16x8.q15mulr_sat_s(near, i16x8.splat(24576)),
    i16x8.q15mulr_sat_s(far, i16x8.splat(8192)),
  );
}

/** Row `y` of a plane enlarged twofold, still as narrow as the small one: `half` samples and some padding. */
export function enlargeColumn(
  small: usize,
  stride: i32,
  half: i32,
  height: i32,
  y: i32,
  column: usize,
): void {
  const j = y >> 1;
  const near = rowAt(small, stride, height, j);
  const far = rowAt(small, stride, height, y & 1 ? j + 1 : j - 1);
  for (let x: isize = -16; x < <isize>((half + 16) << 1); x += 16)
    v128.store(column + x, nearer(v128.load(near + x), v128.load(far + x)));
}
