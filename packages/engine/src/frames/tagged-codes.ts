import type { RgbCodes } from '../pixels/reduce.ts';

/** Rows that a decoder reads at once. */
const ROWS_PER_STRIP = 64;

const SHORT = 3;
const LONG = 4;
const UNDEFINED = 7;

/**
 * Wraps pixels and the colour profile that they are meant in as an uncompressed TIFF in memory: raw
 * pixels alone cannot tell sharp their profile. Costs one copy.
 */
export function tagCodes(codes: RgbCodes, icc: Uint8Array): Uint8Array {
  const { width, height, data } = codes;
  const strips = Math.ceil(height / ROWS_PER_STRIP);
  const stripBytes = width * 3 * data.BYTES_PER_ELEMENT * ROWS_PER_STRIP;
  const tags = 12;
  const bitsAt = 8 + 2 + tags * 12 + 4;
  const offsetsAt = bitsAt + 8;
  const countsAt = offsetsAt + strips * 4;
  const iccAt = countsAt + strips * 4;
  const pixelsAt = iccAt + Math.ceil(icc.length / 4) * 4;
  const out = new Uint8Array(pixelsAt + data.byteLength);
  const view = new DataView(out.buffer);
  // Pixels are stored in the byte order of the machine, so the file says which one that is.
  const little = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
  out.fill(little ? 0x49 : 0x4d, 0, 2);
  view.setUint16(2, 42, little);
  view.setUint32(4, 8, little);
  view.setUint16(8, tags, little);
  let at = 10;
  const entry = (tag: number, type: number, [count, value]: readonly [number, number]): void => {
    view.setUint16(at, tag, little);
    view.setUint16(at + 2, type, little);
    view.setUint32(at + 4, count, little);
    if (type === SHORT && count === 1) view.setUint16(at + 8, value, little);
    else view.setUint32(at + 8, value, little);
    at += 12;
  };
  entry(256, LONG, [1, width]);
  entry(257, LONG, [1, height]);
  entry(258, SHORT, [3, bitsAt]);
  entry(259, SHORT, [1, 1]);
  entry(262, SHORT, [1, 2]);
  entry(273, LONG, [strips, strips === 1 ? pixelsAt : offsetsAt]);
  entry(274, SHORT, [1, 1]);
  entry(277, SHORT, [1, 3]);
  entry(278, LONG, [1, ROWS_PER_STRIP]);
  entry(279, LONG, [strips, strips === 1 ? data.byteLength : countsAt]);
  entry(284, SHORT, [1, 1]);
  entry(34_675, UNDEFINED, [icc.length, iccAt]);
  for (let c = 0; c < 3; c++) view.setUint16(bitsAt + c * 2, data.BYTES_PER_ELEMENT * 8, little);
  for (let strip = 0; strip < strips; strip++) {
    const begin = strip * stripBytes;
    view.setUint32(offsetsAt + strip * 4, pixelsAt + begin, little);
    const bytes = Math.min(stripBytes, data.byteLength - begin);
    view.setUint32(countsAt + strip * 4, bytes, little);
  }
  out.set(icc, iccAt);
  out.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), pixelsAt);
  return out;
}
