import type { FrameLight } from '../color/balance-listing.ts';
import { measureLight } from '../color/measure-light.ts';
import {
  encodeImage,
  PREVIEW_LONGEST_SIDE,
  previewSettings,
  toPicture8,
} from '../encode/encode-image.ts';
import type { EncodedImage } from '../encoded-image.ts';
import { fingerprintOf } from '../group/fingerprint.ts';
import type { ResolvedOptions } from '../options/options.ts';
import type { InputFrame } from '../steps/step.ts';
import { decodeOverview } from './decode-overview.ts';
import { type FrameHeader, readHeader } from './read-header.ts';

/** What one decoding of a frame at reduced size gives. */
export type FrameLook = {
  /** As `options.previews` asks: upright, sRGB, without metadata, never enlarged. */
  readonly thumbnails: EncodedImage[];
  /** What it shows, for `groupFrames`: base64, at most 4 KB. */
  readonly fingerprint: string;
  /** The light that it was taken in, for `lightOfScene`. */
  readonly light: FrameLight;
};

/** A fingerprint has 64 cells across; a few pixels for each are enough. */
const FINGERPRINT_WIDTH = 512;

/**
 * Looks at a frame. JPEGs are decoded at a fraction of their size, so this takes milliseconds.
 * @throws EngineError as `readFrameInfo` does, and `truncated` or `damaged` when the pixels are.
 */
export async function lookAtFrame(
  frame: InputFrame,
  options: Pick<ResolvedOptions, 'previews' | 'limits'>,
): Promise<FrameLook> {
  const { previews, limits } = options;
  const header = await readHeader(frame.bytes, frame.name, limits);
  const widest = Math.max(FINGERPRINT_WIDTH, ...previews.map((preview) => preview.maxWidth));
  const overview = await decodeOverview(frame, header, scaleFor(header, widest));
  const picture = { ...toPicture8(overview), gamut: header.working };
  const thumbnails: EncodedImage[] = [];
  for (const preview of previews)
    thumbnails.push(await encodeImage(picture, previewSettings(preview)));
  return { thumbnails, fingerprint: fingerprintOf(picture), light: measureLight(overview) };
}

/** The largest of 1, 2, 4, 8 and 16 that leaves enough pixels for a preview of this width. */
function scaleFor({ width, height }: FrameHeader, maxWidth: number): number {
  const needed = Math.min(maxWidth, PREVIEW_LONGEST_SIDE, (width / height) * PREVIEW_LONGEST_SIDE);
  let scale = 16;
  while (scale > 1 && width / scale < needed) scale /= 2;
  return scale;
}
