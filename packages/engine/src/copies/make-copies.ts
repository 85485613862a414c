import sharp from 'sharp';
import { encodeImage, type Picture8, previewSettings } from '../encode/encode-image.ts';
import type { FileMetadata } from '../encode/file-metadata.ts';
import type { EncodedImage } from '../encoded-image.ts';
import { EngineError } from '../errors.ts';
import { readCarriedTags } from '../frames/read-carried-tags.ts';
import type { ResolvedOptions } from '../options/options.ts';
import { presetSettings } from '../options/resolve-options.ts';
import { watermarkSvg } from './watermark.ts';

export type CopyOrder = {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly options: Pick<ResolvedOptions, 'previews' | 'limits'>;
  /** Written across every copy; `null`: nothing is. */
  readonly watermark: string | null;
};

/** A finished photo has no noise left that sharpening a smaller copy would bring out. */
const CLEAN = 0;

/**
 * Smaller copies of a finished photo, as deliveries want them: with its credit and its record of edits.
 * @throws EngineError `damaged` when it is no picture
 */
export async function makeCopies(order: CopyOrder): Promise<EncodedImage[]> {
  const { options, watermark } = order;
  const picture = await decode(order);
  const metadata = await carriedBy(order);
  const marked = watermark === null ? picture : await writeAcross(picture, watermark);
  const sharpening = { settings: presetSettings('natural').sharpen, noise: CLEAN };
  const copies: EncodedImage[] = [];
  for (const preview of options.previews) {
    copies.push(await encodeImage(marked, { ...previewSettings(preview), metadata, sharpening }));
  }
  return copies;
}

async function decode({ name, bytes, options, watermark }: CopyOrder): Promise<Picture8> {
  const limits = { limitInputPixels: options.limits.maxPixels, failOn: 'truncated' } as const;
  const image = sharp(bytes, limits).autoOrient();
  // Letters are drawn once, at the size of the largest copy, instead of over every pixel that there is.
  const longest = Math.max(...options.previews.map(({ maxWidth }) => maxWidth));
  if (watermark !== null) {
    image.resize({ width: longest, height: longest, fit: 'inside', withoutEnlargement: true });
  }
  try {
    const { data, info } = await image
      .toColourspace('srgb')
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, data };
  } catch (cause) {
    throw new EngineError('damaged', `"${name}" cannot be read as a photo.`, { cause });
  }
}

async function writeAcross(picture: Picture8, words: string): Promise<Picture8> {
  const { width, height, data } = picture;
  const input = Buffer.from(watermarkSvg(words, { width, height }));
  const raw = { raw: { width, height, channels: 3 }, limitInputPixels: false } as const;
  const marked = await sharp(data, raw)
    .composite([{ input, left: 0, top: 0, limitInputPixels: false }])
    .removeAlpha()
    .raw()
    .toBuffer();
  return { width, height, data: marked };
}

/** Who made it and what was done to it; nothing of the camera, the time or the place. */
async function carriedBy({ bytes }: CopyOrder): Promise<FileMetadata | null> {
  const { exif, xmp } = await sharp(bytes).metadata();
  if (xmp === undefined) return null;
  const { artist, copyright } = await readCarriedTags(exif ?? null);
  const IFD0 = {
    ...(artist === null ? {} : { Artist: artist }),
    ...(copyright === null ? {} : { Copyright: copyright }),
  };
  return { exif: { IFD0 }, xmp: xmp.toString('utf8') };
}
