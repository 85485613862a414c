import sharp, { type Sharp } from 'sharp';
import { EngineError } from '../errors.ts';
import type { InputFrame } from '../steps/step.ts';
import { builtInProfile } from './built-in-profile.ts';
import type { DecodedCodes } from './foreign/protocol.ts';
import { runDecoder } from './foreign/run-decoder.ts';
import { decodeError, type FrameHeader, heedingDamage, openFrame } from './read-header.ts';
import { tagCodes } from './tagged-codes.ts';

/**
 * Decodes one frame to interleaved RGB in the space that `header.working` says: oriented, converted
 * from its profile where it has one (CMYK too), transparency laid on white.
 * @returns `header.width * header.height * 3` codes; of 16 bits when the file has more than 8, or when
 *   colours had to be converted to the wide space
 * @throws EngineError `truncated`, `damaged` or `timed_out`.
 */
export async function decodeFrame(
  bytes: Uint8Array,
  name: string,
  header: FrameHeader,
): Promise<Uint8Array | Uint16Array> {
  try {
    if (header.format === 'raw') return (await decodeSensor({ name, bytes }, header, 1)).data;
    if (header.format === 'heic') return await decodeHeic(bytes, name, header);
    return await decodePicture(bytes, header);
  } catch (cause) {
    throw decodeError(name, header, cause);
  }
}

/**
 * Decodes a camera raw file, at full size or one pixel for each square of four on the sensor.
 * @throws EngineError `damaged`, `timed_out`
 */
export async function decodeSensor(
  { name, bytes }: InputFrame,
  header: FrameHeader,
  scale: 1 | 2,
): Promise<DecodedCodes & { readonly data: Uint16Array }> {
  const { maxSeconds, working: gamut } = header;
  const order = { kind: 'raw', bytes, half: scale === 2, gamut } as const;
  const codes = await runDecoder(order, { name, maxSeconds });
  const { width, height, data } = expectSize(codes, name, { header, scale });
  return { width, height, data: data instanceof Uint16Array ? data : Uint16Array.from(data) };
}

/** True when the codes of a file are not what they are to become. */
function needsConversion({ color, working }: FrameHeader): boolean {
  return color === 'other' || (working === 'p3' && (color === 'srgb' || color === 'ink'));
}

async function decodePicture(
  bytes: Uint8Array,
  header: FrameHeader,
): Promise<Uint8Array | Uint16Array> {
  const white = { background: '#ffffff' };
  if (header.color === 'other' && header.iccEmbedded) {
    const image = openFrame(bytes, header, { heedProfile: true }).flatten(white);
    return await toWide(image, header.bitsPerChannel);
  }
  const decode = async (strict: boolean): Promise<Uint8Array | Uint16Array> => {
    const image = openFrame(bytes, header, { strict }).flatten(white);
    return header.bitsPerChannel === 8
      ? await image.toColourspace('srgb').raw().toBuffer()
      : await deepCodes(image.toColourspace('rgb16'));
  };
  const codes = header.format === 'jpeg' ? await heedingDamage(decode) : await decode(false);
  return await toWorking(codes, header);
}

async function decodeHeic(
  bytes: Uint8Array,
  name: string,
  header: FrameHeader,
): Promise<Uint8Array | Uint16Array> {
  const { maxSeconds, bitsPerChannel: bits } = header;
  const codes = await runDecoder({ kind: 'heic', bytes, bits }, { name, maxSeconds });
  return await toWorking(expectSize(codes, name, { header, scale: 1 }).data, header);
}

/** Converts the codes of a file, or of a reduced copy of it, to `header.working`. */
export async function toWorking(
  data: Uint8Array | Uint16Array,
  header: FrameHeader,
): Promise<Uint8Array | Uint16Array> {
  if (!needsConversion(header)) return data;
  const { width, height, icc } = header;
  const tagged = tagCodes({ width, height, data }, icc ?? (await builtInProfile('srgb')));
  return await toWide(sharp(tagged, { limitInputPixels: false }), header.bitsPerChannel);
}

/** Converts from the embedded profile to Display P3. The profile's own white stays white. */
async function toWide(image: Sharp, bits: 8 | 16): Promise<Uint16Array> {
  const codes = await deepCodes(image.pipelineColourspace('rgb16').toColourspace('rgb16'));
  // Eight bits are widened by a factor of 256 in there, not by the 257 that keeps 255 the largest.
  if (bits === 8) {
    for (let i = 0; i < codes.length; i++) {
      const code = codes[i] as number;
      codes[i] = Math.min(65_535, code + (code >> 8));
    }
  }
  return codes;
}

async function deepCodes(image: Sharp): Promise<Uint16Array> {
  const raw = await image.raw({ depth: 'ushort' }).toBuffer();
  return new Uint16Array(raw.buffer, raw.byteOffset, raw.byteLength / 2);
}

type Expected = { readonly header: FrameHeader; readonly scale: 1 | 2 };

/** Headers are believed when memory is laid out, so pictures must keep what they say. */
function expectSize(codes: DecodedCodes, name: string, { header, scale }: Expected): DecodedCodes {
  const [width, height] = [Math.ceil(header.width / scale), Math.ceil(header.height / scale)];
  if (codes.width === width && codes.height === height && codes.data.length === width * height * 3)
    return codes;
  throw new EngineError(
    'damaged',
    `"${name}" says that it is ${width} x ${height} pixels but holds ${codes.width} x ${codes.height}. Please export it as JPEG.`,
  );
}
