/** Markers of JFIF and EXIF, which come first in a JPEG. */
const FIRST_SEGMENTS: readonly number[] = [0xe0, 0xe1];
const SIGNATURE = 'ICC_PROFILE\0';

/**
 * A JPEG with a colour profile put in (segment APP2; ICC.1:2022, annex B.4), its pixels untouched: the
 * encoder's own way converts every pixel first, also from sRGB to sRGB.
 * @param icc at most 65,519 bytes
 */
export function attachProfile(jpeg: Uint8Array, icc: Uint8Array): Uint8Array {
  let at = 2;
  while (jpeg[at] === 0xff && FIRST_SEGMENTS.includes(jpeg[at + 1] ?? 0))
    at += 2 + (((jpeg[at + 2] ?? 0) << 8) | (jpeg[at + 3] ?? 0));
  // Marker, length, signature, number of this chunk and of all.
  const head = Buffer.from(`\xff\xe2\0\0${SIGNATURE}\x01\x01`, 'latin1');
  head.writeUInt16BE(head.length - 2 + icc.length, 2);
  return Buffer.concat([jpeg.subarray(0, at), head, icc, jpeg.subarray(at)]);
}
