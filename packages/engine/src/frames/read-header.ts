import sharp, { type Metadata, type Sharp, type SharpOptions } from 'sharp';
import { asBytes, asPixels, largestOf } from '../amounts.ts';
import { EngineError } from '../errors.ts';
import type { ResolvedOptions } from '../options/options.ts';
import type { InputFrame } from '../steps/step.ts';
import { kindOfProfile } from './color-profile.ts';
import { isAdobeRgb } from './exif-color-space.ts';
import { runDecoder, tooSlow } from './foreign/run-decoder.ts';
import { isHighDynamicRange } from './high-dynamic-range.ts';
import { ADOBE_RGB, makeProfile } from './matrix-profile.ts';
import { readBoxes } from './media-boxes.ts';
import { isRawCutOff, rawExif } from './raw-container.ts';
import { type FrameFormat, sniffFormat } from './sniff-format.ts';
import { hasZeroedData } from './zeroed-data.ts';

/** Primaries that the codes of decoded frames are meant in; both have the sRGB curve. */
export type Gamut = 'srgb' | 'p3';

export type FrameHeader = {
  readonly format: FrameFormat;
  /** Size in pixels as stored, before orientation. */
  readonly storedWidth: number;
  readonly storedHeight: number;
  /** Size in pixels after orientation. */
  readonly width: number;
  readonly height: number;
  /** EXIF orientation, 1..8. */
  readonly orientation: number;
  readonly bitsPerChannel: 8 | 16;
  /** What carries the EXIF tags (a TIFF structure or a JPEG), when the file has any. */
  readonly exif: Uint8Array | null;
  /** The colour profile, where there is one that can be used. */
  readonly icc: Uint8Array | null;
  /** The file holds the profile, and does not only name it. */
  readonly iccEmbedded: boolean;
  /** What the codes in the file are: light as they stand, or what the profile, ink or a sensor makes of them. */
  readonly color: 'srgb' | 'p3' | 'other' | 'ink' | 'sensor';
  /** The profile was no use, so the colours are read as sRGB. */
  readonly profileIgnored: boolean;
  /** What decoding gives: wide when the colours may be. `shareGamut` makes it the same for a bracket. */
  readonly working: Gamut;
  /** How long decoding may take. */
  readonly maxSeconds: number;
};

/** How every frame is opened: first page only, no silent repair, and never more pixels than allowed. */
function openOptions(maxPixels: number): SharpOptions {
  // 'truncated' refuses files that end early; warnings alone (common in camera JPEGs) do not refuse.
  return { failOn: 'truncated', limitInputPixels: maxPixels, pages: 1, sequentialRead: true };
}

export type Opening = {
  /** Pixels there may be; default as many as the header says. */
  readonly pixels?: number;
  /** Convert from the embedded profile; default only from that of inks, which mean no light without. */
  readonly heedProfile?: boolean;
  /** Refuse what a decoder only warns of, too; see `heedingDamage`. */
  readonly strict?: boolean;
};

/** Opens a frame for decoding upright, with the limits of its header. */
export function openFrame(bytes: Uint8Array, header: FrameHeader, opening: Opening = {}): Sharp {
  const {
    pixels = header.storedWidth * header.storedHeight,
    heedProfile = header.color === 'ink' && header.icc !== null,
    strict = false,
  } = opening;
  const image = sharp(bytes, {
    ...openOptions(pixels),
    ...(strict ? { failOn: 'warning' } : {}),
    ignoreIcc: !heedProfile,
  });
  return image.timeout({ seconds: Math.ceil(header.maxSeconds) }).autoOrient();
}

type HeaderLimits = Pick<
  ResolvedOptions['limits'],
  'maxPixels' | 'maxFileBytes' | 'maxDecodeSeconds'
>;

/**
 * Reads size and format without decoding pixels, so that a picture bomb costs nothing.
 * @throws EngineError `empty_file`, `not_an_image`, `unsupported_format`, `too_many_bytes`, `too_many_pixels`, `truncated`, `damaged`.
 */
export async function readHeader(
  bytes: Uint8Array,
  name: string,
  limits: HeaderLimits,
): Promise<FrameHeader> {
  const format = sniffFormat(bytes, name);
  if (bytes.length > limits.maxFileBytes) {
    const [came, allowed] = asBytes(bytes.length, limits.maxFileBytes);
    throw new EngineError(
      'too_many_bytes',
      `"${name}" has ${came}. Files may have at most ${allowed}.`,
    );
  }
  const maxSeconds = limits.maxDecodeSeconds;
  const header =
    format === 'raw'
      ? await readRawHeader(bytes, name, maxSeconds)
      : await readPictureHeader(bytes, name, { format, maxSeconds });
  const { width, height } = header;
  if (width * height > limits.maxPixels) {
    const [came, allowed] = asPixels(width * height, limits.maxPixels);
    throw new EngineError(
      'too_many_pixels',
      `"${name}" is ${width} x ${height} pixels (${came}). At most ${allowed} can be worked on, in this shape ${largestOf(header, limits.maxPixels)}.`,
    );
  }
  if (Math.max(width, height) > LONGEST_SIDE)
    throw new EngineError(
      'too_many_pixels',
      `"${name}" is ${width} x ${height} pixels. At most ${LONGEST_SIDE} on a side can be worked on.`,
    );
  return header;
}

/** What a JPEG can hold; threads have room for rows of that length. */
const LONGEST_SIDE = 65_535;

/**
 * Headers of exposures that are to become one photo: when one of them has colours beyond sRGB, all are
 * decoded to the wide space.
 */
export function shareGamut(headers: readonly FrameHeader[]): FrameHeader[] {
  const wide = headers.some((header) => header.working === 'p3');
  return headers.map((header) => (wide ? { ...header, working: 'p3' } : header));
}

type Kind = { readonly format: Exclude<FrameFormat, 'raw'>; readonly maxSeconds: number };

async function readPictureHeader(
  bytes: Uint8Array,
  name: string,
  { format, maxSeconds }: Kind,
): Promise<FrameHeader> {
  if (format === 'heic' || format === 'avif') checkMedia(bytes, name);
  if (format === 'jpeg' && hasZeroedData(bytes)) throw damaged(name);
  const metadata = await readMetadata({ name, bytes }, { maxSeconds });
  const { width, height } = metadata;
  const orientation = validOrientation(metadata.orientation);
  const turned = orientation >= 5;
  const exif = metadata.exif ?? (format === 'tiff' ? bytes : null);
  const embedded = metadata.icc ?? null;
  const implied = embedded === null && (await isAdobeRgb(exif));
  const profile = implied ? makeProfile(ADOBE_RGB) : embedded;
  const channels = colorChannels(metadata);
  const kind = kindOfProfile(profile, channels);
  return {
    format,
    storedWidth: width,
    storedHeight: height,
    width: turned ? height : width,
    height: turned ? width : height,
    orientation,
    bitsPerChannel: metadata.depth === 'uchar' ? 8 : 16,
    exif,
    iccEmbedded: !implied,
    icc: kind === 'broken' ? null : profile,
    color: channels === 4 ? 'ink' : kind === 'broken' ? 'srgb' : kind,
    profileIgnored: kind === 'broken',
    working: kind === 'p3' || kind === 'other' ? 'p3' : 'srgb',
    maxSeconds,
  };
}

async function readRawHeader(
  bytes: Uint8Array,
  name: string,
  maxSeconds: number,
): Promise<FrameHeader> {
  if (isRawCutOff(bytes)) throw incomplete(name);
  const { width, height, orientation } = await runDecoder(
    { kind: 'rawSize', bytes },
    { name, maxSeconds },
  );
  const turned = orientation >= 5;
  return {
    format: 'raw',
    storedWidth: turned ? height : width,
    storedHeight: turned ? width : height,
    width,
    height,
    orientation,
    bitsPerChannel: 16,
    exif: rawExif(bytes),
    icc: null,
    iccEmbedded: false,
    color: 'sensor',
    profileIgnored: false,
    working: 'p3',
    maxSeconds,
  };
}

/** What libjpeg warns of when a part of the picture cannot be read. Of its other warnings nothing is seen. */
const UNREADABLE = /premature end of data segment|bad Huffman code|DC scan required/;

/**
 * Decodes with damage refused. Decoders only warn of it, but warnings alone are common in cameras' JPEGs, so
 * a file with a harmless one is decoded once more.
 */
export async function heedingDamage<T>(decode: (strict: boolean) => Promise<T>): Promise<T> {
  try {
    return await decode(true);
  } catch (error) {
    if (error instanceof Error && UNREADABLE.test(error.message)) throw error;
    return await decode(false);
  }
}

/** Turns a decoder's complaint into a reason a photographer understands. */
export function decodeError(
  name: string,
  { maxSeconds }: Pick<FrameHeader, 'maxSeconds'>,
  cause: unknown,
): EngineError {
  if (cause instanceof EngineError) return cause;
  const reason = cause instanceof Error ? cause.message : '';
  if (reason.startsWith('timeout:')) return tooSlow(name, maxSeconds);
  if (
    !UNREADABLE.test(reason) &&
    /premature end|truncated|read error|not enough|end of (file|stream|data)|unable to parse/i.test(
      reason,
    )
  )
    return incomplete(name, cause);
  return damaged(name, cause);
}

function damaged(name: string, cause?: unknown): EngineError {
  return new EngineError(
    'damaged',
    `"${name}" is damaged and cannot be opened. Please export or upload it again.`,
    { cause },
  );
}

function incomplete(name: string, cause?: unknown): EngineError {
  return new EngineError(
    'truncated',
    `"${name}" is incomplete: the picture ends before its last line. Please upload it again.`,
    { cause },
  );
}

function highDynamicRange(name: string): EngineError {
  return new EngineError(
    'unsupported_format',
    `"${name}" is an HDR photo (PQ or HLG), which cannot be read yet. Please export it as JPEG or 16-bit TIFF.`,
  );
}

/** @throws EngineError `truncated`, `unsupported_format` */
function checkMedia(bytes: Uint8Array, name: string): void {
  if (readBoxes(bytes, 0, bytes.length).some((box) => box.end > bytes.length))
    throw incomplete(name);
  if (isHighDynamicRange(bytes)) throw highDynamicRange(name);
}

/** Without the alpha channel. */
function colorChannels({ channels, hasAlpha }: Metadata): number {
  return channels - (hasAlpha ? 1 : 0);
}

async function readMetadata(
  { name, bytes }: InputFrame,
  limits: Pick<FrameHeader, 'maxSeconds'>,
): Promise<Metadata> {
  try {
    // The limit is checked by the caller, with a better sentence; reading a header is safe at any size.
    return await sharp(bytes, { ...openOptions(0), limitInputPixels: false }).metadata();
  } catch (cause) {
    throw decodeError(name, limits, cause);
  }
}

function validOrientation(orientation: number | undefined): number {
  return orientation !== undefined && orientation >= 1 && orientation <= 8 ? orientation : 1;
}
