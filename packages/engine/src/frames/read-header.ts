import sharp, { type Metadata, type SharpOptions } from 'sharp';
import { EngineError } from '../errors.ts';
import type { ResolvedOptions } from '../options/options.ts';
import { type FrameFormat, sniffFormat } from './sniff-format.ts';

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
  /** Raw EXIF block (TIFF structure), when the file has one. */
  readonly exif: Uint8Array | null;
};

/** How every frame is opened: first page only, no silent repair, and never more pixels than allowed. */
export function openOptions(maxPixels: number): SharpOptions {
  // 'truncated' refuses files that end early; warnings alone (common in camera JPEGs) do not refuse.
  return { failOn: 'truncated', limitInputPixels: maxPixels, pages: 1, sequentialRead: true };
}

type HeaderLimits = Pick<ResolvedOptions['limits'], 'maxPixels' | 'maxFileBytes'>;

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
    const [came, allowed] = [megabytes(bytes.length), megabytes(limits.maxFileBytes)];
    throw new EngineError(
      'too_many_bytes',
      `"${name}" has ${came}. Files may have at most ${allowed}.`,
    );
  }
  const metadata = await readMetadata(bytes, name);
  const { width, height } = metadata;
  if (width * height > limits.maxPixels) {
    const [came, allowed] = [megapixels(width * height), megapixels(limits.maxPixels)];
    throw new EngineError(
      'too_many_pixels',
      `"${name}" is ${width} x ${height} pixels (${came}). At most ${allowed} can be worked on.`,
    );
  }
  const orientation = validOrientation(metadata.orientation);
  const turned = orientation >= 5;
  return {
    format,
    storedWidth: width,
    storedHeight: height,
    width: turned ? height : width,
    height: turned ? width : height,
    orientation,
    bitsPerChannel: metadata.depth === 'uchar' ? 8 : 16,
    exif: metadata.exif ?? null,
  };
}

/** Turns a decoder's complaint into a reason a photographer understands. */
export function decodeError(name: string, cause: unknown): EngineError {
  const reason = cause instanceof Error ? cause.message : '';
  if (
    /premature end|truncated|read error|not enough|end of (file|stream|data)|unable to parse/i.test(
      reason,
    )
  ) {
    return new EngineError(
      'truncated',
      `"${name}" is incomplete: the picture ends before its last line. Please upload it again.`,
      { cause },
    );
  }
  return new EngineError(
    'damaged',
    `"${name}" is damaged and cannot be opened. Please export or upload it again.`,
    { cause },
  );
}

async function readMetadata(bytes: Uint8Array, name: string): Promise<Metadata> {
  try {
    // The limit is checked by the caller, with a better sentence; reading a header is safe at any size.
    return await sharp(bytes, { ...openOptions(0), limitInputPixels: false }).metadata();
  } catch (cause) {
    throw decodeError(name, cause);
  }
}

function validOrientation(orientation: number | undefined): number {
  return orientation !== undefined && orientation >= 1 && orientation <= 8 ? orientation : 1;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function megapixels(pixels: number): string {
  return `${Math.round(pixels / 1_000_000)} megapixels`;
}
