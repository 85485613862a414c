import { EngineError } from '../errors.ts';

/** Formats the engine reads. Everything else never reaches a decoder. */
export type FrameFormat = 'jpeg' | 'png' | 'webp' | 'tiff' | 'avif';

const READABLE = 'Expected a JPEG, PNG, WebP, TIFF or AVIF photo';
const RAW_NAME = /\.(dng|nef|nrw|arw|sr2|cr2|cr3|crw|raf|orf|rw2|pef|srw|3fr|iiq)$/i;

/**
 * Tells the format by the first bytes, never by the name.
 * @throws EngineError `empty_file`, `unsupported_format` (a real image we do not read) or `not_an_image`.
 */
export function sniffFormat(bytes: Uint8Array, name: string): FrameFormat {
  if (bytes.length === 0) {
    throw new EngineError(
      'empty_file',
      `"${name}" is empty (0 bytes). ${READABLE}; please upload it again.`,
    );
  }
  const format = knownFormat(bytes);
  if (format === 'tiff' && RAW_NAME.test(name)) throw unsupported(name, 'a camera RAW file');
  if (format !== null) return format;
  const other = otherFormat(bytes);
  if (other !== null) throw unsupported(name, other);
  throw new EngineError(
    'not_an_image',
    `"${name}" is not a photo, whatever its name says. ${READABLE}.`,
  );
}

function knownFormat(bytes: Uint8Array): FrameFormat | null {
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return 'jpeg';
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'png';
  if (text(bytes, 0, 4) === 'RIFF' && text(bytes, 8, 4) === 'WEBP') return 'webp';
  if (
    text(bytes, 4, 4) === 'ftyp' &&
    brands(bytes).some((brand) => brand === 'avif' || brand === 'avis')
  )
    return 'avif';
  const littleTiff =
    startsWith(bytes, [0x49, 0x49, 0x2a, 0x00]) || startsWith(bytes, [0x49, 0x49, 0x2b, 0x00]);
  const bigTiff =
    startsWith(bytes, [0x4d, 0x4d, 0x00, 0x2a]) || startsWith(bytes, [0x4d, 0x4d, 0x00, 0x2b]);
  if ((littleTiff || bigTiff) && text(bytes, 8, 2) !== 'CR') return 'tiff';
  return null;
}

function otherFormat(bytes: Uint8Array): string | null {
  if (text(bytes, 4, 4) === 'ftyp') {
    const names = brands(bytes);
    if (
      names.some((brand) => brand.startsWith('hei') || brand.startsWith('hev') || brand === 'mif1')
    )
      return 'a HEIC photo';
    if (names.includes('crx ')) return 'a camera RAW file';
    return 'a video';
  }
  if (text(bytes, 8, 2) === 'CR' || text(bytes, 0, 8) === 'FUJIFILM') return 'a camera RAW file';
  if (text(bytes, 0, 3) === 'IIR' || text(bytes, 0, 3) === 'IIU' || text(bytes, 0, 3) === 'MMO')
    return 'a camera RAW file';
  if (text(bytes, 0, 4) === 'GIF8') return 'a GIF';
  if (text(bytes, 0, 2) === 'BM') return 'a BMP';
  if (text(bytes, 0, 4) === '8BPS') return 'a Photoshop file';
  if (text(bytes, 0, 4) === '%PDF') return 'a PDF';
  return null;
}

function unsupported(name: string, what: string): EngineError {
  return new EngineError(
    'unsupported_format',
    `"${name}" is ${what}, which cannot be read yet. ${READABLE}; please export it as JPEG first.`,
  );
}

/** Major and compatible brands of an ISO media file. */
function brands(bytes: Uint8Array): string[] {
  const size = Math.min(bytes.length, 64, ((bytes[2] ?? 0) << 8) | (bytes[3] ?? 0));
  const found = [text(bytes, 8, 4)];
  for (let at = 16; at + 4 <= size; at += 4) found.push(text(bytes, at, 4));
  return found;
}

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return (
    bytes.length >= signature.length && signature.every((byte, index) => bytes[index] === byte)
  );
}

function text(bytes: Uint8Array, from: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(from, from + length));
}
