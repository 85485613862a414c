/** Pixels, upright: as people see the picture. */
export interface HeaderSize {
  width: number;
  height: number;
}

/**
 * How large a picture is, by its first bytes alone: nothing is decoded, and bytes that say nonsense say nothing.
 * Null of other formats, and where the beginning is not enough.
 */
export function headerSize(head: Uint8Array): HeaderSize | null {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  try {
    const size = pngSize(bytes) ?? gifSize(bytes) ?? webpSize(bytes) ?? jpegSize(bytes);
    return size !== null && size.width > 0 && size.height > 0 ? size : null;
  } catch (error) {
    // It ends before what it promises.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

const has = (bytes: Buffer, text: string, at: number) =>
  bytes.toString('latin1', at, at + text.length) === text;

function pngSize(bytes: Buffer): HeaderSize | null {
  if (!has(bytes, '\x89PNG\r\n\x1a\n', 0) || !has(bytes, 'IHDR', 12)) return null;
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

function gifSize(bytes: Buffer): HeaderSize | null {
  if (!has(bytes, 'GIF87a', 0) && !has(bytes, 'GIF89a', 0)) return null;
  return { width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) };
}

/** Its EXIF stands at its end; a camera's WebP that lies on its side is put right by whoever decodes it. */
function webpSize(bytes: Buffer): HeaderSize | null {
  if (!has(bytes, 'RIFF', 0) || !has(bytes, 'WEBP', 8)) return null;
  if (has(bytes, 'VP8X', 12))
    return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 };
  if (has(bytes, 'VP8L', 12)) {
    const bits = bytes.readUInt32LE(21);
    return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
  }
  if (!has(bytes, 'VP8 ', 12)) return null;
  return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff };
}

/** SOF0 to SOF15, without those of the row that are tables. */
const isFrame = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

function jpegSize(bytes: Buffer): HeaderSize | null {
  if (bytes.readUInt16BE(0) !== 0xffd8) return null;
  let onSide = false;
  let at = 2;
  while (bytes.readUInt8(at) === 0xff) {
    const marker = bytes.readUInt8(at + 1);
    // Any number of FF may stand before a marker.
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const length = bytes.readUInt16BE(at + 2);
    if (isFrame(marker)) {
      const [width, height] = [bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5)];
      return onSide ? { width: height, height: width } : { width, height };
    }
    if (marker === 0xe1 && has(bytes, 'Exif\0\0', at + 4))
      onSide = orientationOf(bytes.subarray(at + 10, at + 2 + length)) >= 5;
    at += 2 + length;
  }
  return null;
}

/** EXIF's tag 0x0112 in the first directory; 1 is upright, from 5 on width and height change places. */
function orientationOf(tiff: Buffer): number {
  const isLittle = has(tiff, 'II', 0);
  const short = (at: number) => (isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const long = (at: number) => (isLittle ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at));
  try {
    const directory = long(4);
    for (let entry = 0; entry < short(directory); entry += 1) {
      const at = directory + 2 + entry * 12;
      if (short(at) === 0x0112) return short(at + 8);
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return 1;
}
