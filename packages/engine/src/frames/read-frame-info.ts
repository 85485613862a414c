import type { LimitOptions } from '../options/options.ts';
import { resolveOptions } from '../options/resolve-options.ts';
import { type ExposureMode, readExif } from './read-exif.ts';
import { readHeader } from './read-header.ts';
import type { FrameFormat } from './sniff-format.ts';

/** What a frame says about itself. Every EXIF value is `null` when missing or implausible. */
export type FrameInfo = {
  readonly format: FrameFormat;
  /** Size in pixels as the viewer sees it, after orientation. */
  readonly width: number;
  readonly height: number;
  /** EXIF orientation 1..8 as stored. */
  readonly orientation: number;
  /**
   * ISO 8601 with milliseconds. Cameras seldom record a time zone: when they do it is honoured,
   * otherwise the camera's own clock is written as if it were UTC.
   */
  readonly takenAt: string | null;
  /** Seconds. */
  readonly exposureTime: number | null;
  readonly fNumber: number | null;
  readonly iso: number | null;
  /** Exposure compensation in EV. */
  readonly exposureBias: number | null;
  /** Exposure value at ISO 100: log2(N^2/t) - log2(ISO/100). One more is half the light. See `readExif`. */
  readonly ev: number | null;
  readonly exposureMode: ExposureMode | null;
  /** Make and model. */
  readonly camera: string | null;
  readonly lens: string | null;
  /** Millimetres. */
  readonly focalLength: number | null;
};

/**
 * Reads format, size and EXIF of an encoded frame without decoding its pixels. Safe on hostile
 * input: broken EXIF gives nulls, anything that is not a readable photo is refused.
 * @param name shown in error messages
 * @throws EngineError `empty_file`, `not_an_image`, `unsupported_format`, `too_many_bytes`, `too_many_pixels`, `truncated`, `damaged`.
 */
export async function readFrameInfo(
  bytes: Uint8Array,
  name = 'the photo',
  limits: LimitOptions = {},
): Promise<FrameInfo> {
  const header = await readHeader(bytes, name, resolveOptions({ limits }).limits);
  const exif = await readExif(header.exif);
  const { format, width, height, orientation } = header;
  return { format, width, height, orientation, ...exif };
}
