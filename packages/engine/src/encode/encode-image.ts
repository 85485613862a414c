import sharp, { type Sharp } from 'sharp';
import type { EncodedImage, OutputFormat } from '../encoded-image.ts';
import { builtInProfile } from '../frames/built-in-profile.ts';
import type { Gamut } from '../frames/read-header.ts';
import { tagCodes } from '../frames/tagged-codes.ts';
import type { PreviewOptions } from '../options/options.ts';
import type { Picture } from '../pixels/picture.ts';

/** An 8-bit interleaved RGB picture, ready for an encoder; shared memory will do, it is not copied. */
export type Picture8 = {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
  /** What the codes mean; default `srgb`. */
  readonly gamut?: Gamut;
};

export type EncodeSettings = {
  readonly name: string;
  readonly format: OutputFormat;
  readonly quality: number;
  /** `null`: as wide as the picture. Pictures are never enlarged. */
  readonly maxWidth: number | null;
  /** `null`: as high as the picture. */
  readonly maxHeight: number | null;
  readonly chroma: '4:4:4' | '4:2:0';
};

/** Longer side in pixels of a preview or thumbnail at most, whatever the shape of the photo. */
export const PREVIEW_LONGEST_SIDE = 4096;

/** Settings of a preview: as wide as asked for, and never too long to be shown. */
export function previewSettings(preview: Readonly<Required<PreviewOptions>>): EncodeSettings {
  return {
    ...preview,
    maxWidth: Math.min(preview.maxWidth, PREVIEW_LONGEST_SIDE),
    maxHeight: PREVIEW_LONGEST_SIDE,
    chroma: '4:2:0',
  };
}

/** What the file formats themselves can hold. */
const LONGEST_SIDE: Readonly<Record<OutputFormat, number>> = {
  jpeg: 65_500,
  webp: 16_383,
  png: Number.POSITIVE_INFINITY,
};

/** Rounds to the 8 bits that files carry. */
export function toPicture8(picture: Picture): Picture8 {
  const { width, height, data } = picture;
  const out = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) out[i] = ((data[i] as number) * 255 + 32_895) >> 16;
  return { width, height, data: out };
}

/** Encodes with an sRGB profile and no other metadata: no GPS, no camera, no dates. */
export async function encodeImage(
  picture: Picture8,
  settings: EncodeSettings,
): Promise<EncodedImage> {
  const { width, height } = picture;
  let image = await openPicture(picture);
  const longest = LONGEST_SIDE[settings.format];
  const maxWidth = Math.min(settings.maxWidth ?? width, longest);
  const maxHeight = Math.min(settings.maxHeight ?? height, longest);
  if (maxWidth < width || maxHeight < height)
    image = image.resize({ width: maxWidth, height: maxHeight, fit: 'inside' });
  const encoder = withFormat(image.withIccProfile('srgb'), settings);
  const result = await encoder.toBuffer({ resolveWithObject: true });
  const { name, format } = settings;
  return { name, format, width: result.info.width, height: result.info.height, bytes: result.data };
}

async function openPicture(picture: Picture8): Promise<Sharp> {
  const { width, height, data, gamut = 'srgb' } = picture;
  const anySize = { limitInputPixels: false } as const;
  if (gamut === 'srgb') return sharp(data, { raw: { width, height, channels: 3 }, ...anySize });
  return sharp(tagCodes({ width, height, data }, await builtInProfile(gamut)), anySize);
}

function withFormat(image: Sharp, settings: EncodeSettings): Sharp {
  const quality = Math.round(settings.quality);
  switch (settings.format) {
    case 'jpeg':
      // The plain encoder: mozjpeg takes nine times as long for files a tenth smaller.
      return image.jpeg({
        quality,
        chromaSubsampling: settings.chroma,
        mozjpeg: false,
        optimiseCoding: false,
      });
    case 'webp':
      return image.webp({ quality, effort: 3 });
    case 'png':
      return image.png({ compressionLevel: 6 });
  }
}
