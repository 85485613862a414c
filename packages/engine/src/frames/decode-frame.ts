import sharp from 'sharp';
import { decodeError, type FrameHeader, openOptions } from './read-header.ts';

/**
 * Decodes one frame to interleaved sRGB: oriented, ICC profile (CMYK too) converted, transparency
 * laid on white. 8-bit files give 8-bit codes, deeper files 16-bit codes.
 * @returns `header.width * header.height * 3` codes
 * @throws EngineError `truncated` or `damaged`.
 */
export async function decodeFrame(
  bytes: Uint8Array,
  name: string,
  header: FrameHeader,
): Promise<Uint8Array | Uint16Array> {
  const pixels = header.storedWidth * header.storedHeight;
  const image = sharp(bytes, openOptions(pixels)).autoOrient().flatten({ background: '#ffffff' });
  try {
    if (header.bitsPerChannel === 8) return await image.toColourspace('srgb').raw().toBuffer();
    const raw = await image.toColourspace('rgb16').raw({ depth: 'ushort' }).toBuffer();
    return new Uint16Array(raw.buffer, raw.byteOffset, raw.byteLength / 2);
  } catch (cause) {
    throw decodeError(name, cause);
  }
}
