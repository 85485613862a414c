import { EngineError } from '../errors.ts';
import { holdsSensorData } from './raw-container.ts';

/** Formats the engine reads; `raw` is what any camera writes of its sensor. Everything else never reaches a decoder. */
export type FrameFormat = 'jpeg' | 'png' | 'webp' | 'tiff' | 'avif' | 'heic' | 'raw';

const READABLE = 'Expected a JPEG, PNG, WebP, TIFF, AVIF, HEIC or camera RAW photo';

/**
 * Tells the format by what is in the file, never by the name.
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
  if (text(bytes, 4, 4) === 'ftyp') return mediaFormat(brands(bytes));
  if (isRawMagic(bytes)) return 'raw';
  if (isTiffMagic(bytes)) return holdsSensorData(bytes) ? 'raw' : 'tiff';
  return null;
}

/** ISO media files: by their brands, ISO 23008-12 and AV1 Image File Format. */
function mediaFormat(names: readonly string[]): FrameFormat | null {
  if (names.includes('crx ')) return 'raw';
  if (names.includes('avif') || names.includes('avis')) return 'avif';
  const isHeic = names.some((brand) => ['heic', 'heix', 'heim', 'heis'].includes(brand));
  return isHeic ? 'heic' : null;
}

/** Canon CR2, Fujifilm RAF, Olympus ORF, Panasonic RW2. */
function isRawMagic(bytes: Uint8Array): boolean {
  if (isTiffMagic(bytes) && text(bytes, 8, 2) === 'CR') return true;
  if (text(bytes, 0, 8) === 'FUJIFILM') return true;
  return ['IIRO', 'IIRS', 'MMOR', 'IIU\0'].includes(text(bytes, 0, 4));
}

function isTiffMagic(bytes: Uint8Array): boolean {
  return ['II*\0', 'II+\0', 'MM\0*', 'MM\0+'].includes(text(bytes, 0, 4));
}

function otherFormat(bytes: Uint8Array): string | null {
  if (text(bytes, 4, 4) === 'ftyp') {
    const names = brands(bytes);
    if (names.some((brand) => ['hevc', 'hevx', 'msf1'].includes(brand))) return 'an image sequence';
    return names.includes('mif1') ? 'a HEIF picture of an unknown kind' : 'a video';
  }
  if (text(bytes, 0, 3) === 'IIR' || text(bytes, 0, 3) === 'MMO' || text(bytes, 0, 4) === 'FOVb')
    return 'a camera RAW file of an unknown kind';
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
