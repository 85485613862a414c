/** A tone curve on a frame's luma, its colour scaled along: how one exposure becomes a brighter one. */
import { padRow, rowAt } from './lib/plane';

/** Entries of a table less one; its index is a sample, cut to 0..ONE. */
const ONE: i32 = 8192;

/**
 * Chroma of rows `from`..`to`; luma must not have been changed yet.
 * @param gains factor by luma, 8193 samples of 1.0 = 8192
 */
export function curveChroma(
  luma: usize,
  lumaStride: i32,
  width: i32,
  height: i32,
  cb: usize,
  cr: usize,
  chromaStride: i32,
  gains: usize,
  from: i32,
  to: i32,
): void {
  const half = (width + 1) >> 1;
  for (let y = from; y < to; y++) {
    const upper = rowAt(luma, lumaStride, height, 2 * y);
    const lower = rowAt(luma, lumaStride, height, 2 * y + 1);
    const cbRow = cb + <usize>(y * chromaStride);
    const crRow = cr + <usize>(y * chromaStride);
    for (let x = 0; x < half; x++) {
      const at = <usize>(x << 2);
      // Beyond an odd width the padding repeats the last column.
      const sum =
        <i32>load<i16>(upper + at) +
        <i32>load<i16>(upper + at, 2) +
        <i32>load<i16>(lower + at) +
        <i32>load<i16>(lower + at, 2);
      const gain = <i32>load<i16>(gains + <usize>(indexOf((sum + 2) >> 2) << 1));
      scaleAt(cbRow + <usize>(x << 1), gain);
      scaleAt(crRow + <usize>(x << 1), gain);
    }
    padRow(cbRow, half);
    padRow(crRow, half);
  }
}

/** Luma of rows `from`..`to`. @param table 8193 samples */
export function curveLuma(
  luma: usize,
  lumaStride: i32,
  width: i32,
  table: usize,
  from: i32,
  to: i32,
): void {
  for (let y = from; y < to; y++) {
    const row = luma + <usize>(y * lumaStride);
    for (let x = 0; x < width; x++) {
      const at = row + <usize>(x << 1);
      store<i16>(at, load<i16>(table + <usize>(indexOf(<i32>load<i16>(at)) << 1)));
    }
    padRow(row, width);
  }
}

function indexOf(sample: i32): i32 {
  return sample < 0 ? 0 : sample > ONE ? ONE : sample;
}

function scaleAt(at: usize, gain: i32): void {
  const scaled = (<i32>load<i16>(at) * gain + (ONE >> 1)) >> 13;
  store<i16>(at, <i16>(scaled > 32767 ? 32767 : scaled < -32768 ? -32768 : scaled));
}
