import {
  encodeImage,
  PREVIEW_LONGEST_SIDE,
  previewSettings,
  toPicture8,
} from '../encode/encode-image.ts';
import type { EncodedImage } from '../encoded-image.ts';
import type { ResolvedOptions } from '../options/options.ts';
import type { InputFrame } from '../steps/step.ts';
import { decodeOverview } from './decode-overview.ts';
import { type FrameHeader, readHeader } from './read-header.ts';

/**
 * Reduced copies of a frame as `options.previews` asks for: upright, sRGB, without metadata, never
 * enlarged. JPEGs are decoded at a fraction of their size, so this takes milliseconds.
 * @throws EngineError as `readFrameInfo` does, and `truncated` or `damaged` when the pixels are.
 */
export async function renderThumbnails(
  frame: InputFrame,
  options: Pick<ResolvedOptions, 'previews' | 'limits'>,
): Promise<EncodedImage[]> {
  const { previews, limits } = options;
  if (previews.length === 0) return [];
  const header = await readHeader(frame.bytes, frame.name, limits);
  const widest = Math.max(...previews.map((preview) => preview.maxWidth));
  const overview = await decodeOverview(frame, header, scaleFor(header, widest));
  const picture = { ...toPicture8(overview), gamut: header.working };
  const images: EncodedImage[] = [];
  for (const preview of previews) images.push(await encodeImage(picture, previewSettings(preview)));
  return images;
}

/** The largest of 1, 2, 4, 8 and 16 that leaves enough pixels for a preview of this width. */
function scaleFor({ width, height }: FrameHeader, maxWidth: number): number {
  const needed = Math.min(maxWidth, PREVIEW_LONGEST_SIDE, (width / height) * PREVIEW_LONGEST_SIDE);
  let scale = 16;
  while (scale > 1 && width / scale < needed) scale /= 2;
  return scale;
}
