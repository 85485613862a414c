import sharp from 'sharp';
import {
  encodeImage,
  type Picture8,
  PREVIEW_LONGEST_SIDE,
  previewSettings,
} from '../encode/encode-image.ts';
import type { EncodedImage } from '../encoded-image.ts';
import type { ResolvedOptions } from '../options/options.ts';
import type { InputFrame } from '../steps/step.ts';
import { decodeError, openOptions, readHeader } from './read-header.ts';

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
  const widest = Math.min(header.width, Math.max(...previews.map((preview) => preview.maxWidth)));
  const picture = await decodeReduced(frame, widest, limits.maxPixels);
  const images: EncodedImage[] = [];
  for (const preview of previews) images.push(await encodeImage(picture, previewSettings(preview)));
  return images;
}

async function decodeReduced(
  frame: InputFrame,
  width: number,
  maxPixels: number,
): Promise<Picture8> {
  try {
    const image = sharp(frame.bytes, openOptions(maxPixels))
      .autoOrient()
      .resize({ width, height: PREVIEW_LONGEST_SIDE, fit: 'inside', withoutEnlargement: true });
    const { data, info } = await image
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, data };
  } catch (cause) {
    throw decodeError(frame.name, cause);
  }
}
