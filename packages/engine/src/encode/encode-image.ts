import sharp, { type Sharp } from 'sharp';
import type { EncodedImage, OutputFormat } from '../encoded-image.ts';
import { builtInProfile } from '../frames/built-in-profile.ts';
import type { Gamut } from '../frames/read-header.ts';
import { tagCodes } from '../frames/tagged-codes.ts';
import type { ResolvedPreview } from '../options/options.ts';
import type { StepSettings } from '../options/settings.ts';
import type { Picture } from '../pixels/picture.ts';
import { applySharpen } from '../sharpen/apply-sharpen.ts';
import { FULL, planSharpen } from '../sharpen/plan-sharpen.ts';
import { attachProfile } from './attach-profile.ts';
import { encodeWithin } from './byte-budget.ts';
import { DELIVERIES } from './deliveries.ts';
import { colorSpaceTag, type FileMetadata } from './file-metadata.ts';

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
  /** `cover`: cut to the shape of `maxWidth` x `maxHeight` around the middle; default `inside`. */
  readonly fit?: 'inside' | 'cover';
  /** For a picture that stands, `maxWidth` and `maxHeight` change places; default false. */
  readonly turns?: boolean;
  /** Default `null`, no limit. */
  readonly maxBytes?: number | null;
  /** Primaries of the file where the picture has wide ones; default `srgb`. */
  readonly gamut?: Gamut;
  /** Pixels per inch; default `null`, not said. */
  readonly density?: number | null;
  /** Default `null`: no GPS, no camera, no dates, no names. */
  readonly metadata?: FileMetadata | null;
  /** Take the time to make the file small; default false. */
  readonly thorough?: boolean;
  /** How a reduced picture is crisped for its size; default `null`, not at all. */
  readonly sharpening?: Sharpening | null;
};

export type Sharpening = {
  readonly settings: StepSettings['sharpen'];
  /** Standard deviation of the luma of the picture before it is reduced, 0..1. */
  readonly noise: number;
};

/** Longer side in pixels of a preview or thumbnail at most, whatever the shape of the photo. */
export const PREVIEW_LONGEST_SIDE = 4096;

/** A preview is as wide as asked for and never too long to be shown; a delivery keeps to its rules. */
export function previewSettings(preview: ResolvedPreview): EncodeSettings {
  const { name, format, quality, maxBytes } = preview;
  const delivery = preview.delivery === null ? null : DELIVERIES[preview.delivery];
  const longest = delivery === null ? PREVIEW_LONGEST_SIDE : Number.POSITIVE_INFINITY;
  return {
    name,
    format,
    quality,
    maxBytes,
    maxWidth: Math.min(preview.maxWidth, longest),
    maxHeight: Math.min(preview.maxHeight ?? longest, longest),
    chroma: quality > 90 ? '4:4:4' : '4:2:0',
    fit: delivery?.fit ?? 'inside',
    density: delivery?.density ?? null,
    turns: delivery?.turns ?? false,
    thorough: delivery !== null,
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

/**
 * Encodes with a colour profile and the metadata given, which is none by default.
 * @throws EngineError `invalid_options` when no size and quality keeps to `maxBytes`
 */
export async function encodeImage(
  picture: Picture8,
  settings: EncodeSettings,
): Promise<EncodedImage> {
  const { maxBytes = null, quality, name, sharpening = null } = settings;
  const fitted = await fitPicture(picture, settings);
  // What is hardly smaller than the photo is as crisp as that is already.
  const crisped = sharpening !== null && fitted.reduction >= FULL;
  if (maxBytes === null && !crisped) return await write(fitted, settings);
  // Reduced, converted and crisped once, encoded as often as the budget needs.
  const { data, info } = await fitted.image.raw().toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const reduced = { width, height, data, gamut: fitted.gamut };
  if (crisped) crisp(reduced, { ...sharpening, reduction: fitted.reduction });
  const ready = { ...settings, fit: 'inside', turns: false, maxHeight: null } as const;
  if (maxBytes === null) {
    const whole = { ...ready, maxWidth: null };
    return await write(await fitPicture(reduced, whole), whole);
  }
  return await encodeWithin(
    async (attempt) => {
      const maxWidth = Math.max(1, Math.round(width * attempt.scale));
      const tried = { ...ready, maxWidth, quality: attempt.quality };
      return await write(await fitPicture(reduced, tried), tried);
    },
    { name, maxBytes, quality, shortestSide: Math.min(width, height) },
  );
}

function crisp(
  picture: Picture8,
  { settings, noise, reduction }: Sharpening & { readonly reduction: number },
): void {
  const longSide = Math.max(picture.width, picture.height);
  const plan = planSharpen(settings, { longSide, reduction }, noise);
  if (plan !== null) applySharpen(picture, plan);
}

/** A picture on its way into a file, and how large it will be. */
type Fitted = {
  readonly image: Sharp;
  readonly pixels: number;
  readonly gamut: Gamut;
  /** How many times smaller it is than the picture, at least 1. */
  readonly reduction: number;
};

/** The picture as a file has it: cut, reduced, in the colours of the profile that is attached. */
async function fitPicture(picture: Picture8, settings: EncodeSettings): Promise<Fitted> {
  const { width, height } = picture;
  const longest = LONGEST_SIDE[settings.format];
  const turned = settings.turns === true && height > width;
  const maxWidth = Math.min((turned ? settings.maxHeight : settings.maxWidth) ?? width, longest);
  const maxHeight = Math.min((turned ? settings.maxWidth : settings.maxHeight) ?? height, longest);
  let image = await openPicture(picture, settings);
  let shown = { left: 0, top: 0, width, height };
  if (settings.fit === 'cover') {
    shown = middleOf(picture, maxWidth / maxHeight);
    image = image.extract(shown);
  }
  const scale = Math.min(1, maxWidth / shown.width, maxHeight / shown.height);
  if (scale < 1) image = image.resize({ width: maxWidth, height: maxHeight, fit: 'inside' });
  const pixels = shown.width * shown.height * scale * scale;
  return { image, pixels, gamut: gamutOf(picture, settings), reduction: 1 / scale };
}

/**
 * Opens the pixels so that they end up in the colours of the file, with the profile for it. A JPEG gets
 * its profile afterwards: from sRGB to sRGB the encoder would convert every pixel.
 */
async function openPicture(picture: Picture8, settings: EncodeSettings): Promise<Sharp> {
  const { width, height, data, gamut = 'srgb' } = picture;
  const anySize = { limitInputPixels: false } as const;
  const raw = { raw: { width, height, channels: 3 }, ...anySize } as const;
  const stays = gamutOf(picture, settings) === gamut;
  const isJpeg = settings.format === 'jpeg';
  if (stays && isJpeg) return sharp(data, raw);
  if (gamut === 'srgb') return sharp(data, raw).withIccProfile('srgb');
  const tagged = sharp(tagCodes({ width, height, data }, await builtInProfile(gamut)), anySize);
  if (stays) return tagged.keepIccProfile();
  return isJpeg ? tagged : tagged.withIccProfile('srgb');
}

/** A file is only wide when it may be and has something to show for it. */
function gamutOf(picture: Picture8, settings: EncodeSettings): Gamut {
  return picture.gamut === 'p3' && settings.gamut === 'p3' ? 'p3' : 'srgb';
}

/** The largest part of this shape (width / height) around the middle. */
function middleOf({ width, height }: Picture8, shape: number) {
  const shown = {
    width: Math.min(width, Math.max(1, Math.round(height * shape))),
    height: Math.min(height, Math.max(1, Math.round(width / shape))),
  };
  return {
    ...shown,
    left: Math.floor((width - shown.width) / 2),
    top: Math.floor((height - shown.height) / 2),
  };
}

async function write(fitted: Fitted, settings: EncodeSettings): Promise<EncodedImage> {
  const { image, pixels, gamut } = fitted;
  const { name, format, density = null, metadata = null } = settings;
  if (density !== null) image.withDensity(density);
  if (metadata !== null) {
    const { exif, xmp } = metadata;
    const ColorSpace = colorSpaceTag(gamut);
    image.withExif({ ...exif, IFD2: { ...exif.IFD2, ColorSpace } }).withXmp(xmp);
  }
  const encoder = withFormat(image, settings, pixels <= SMALL_PIXELS);
  const { data, info } = await encoder.toBuffer({ resolveWithObject: true });
  const bytes = format === 'jpeg' ? attachProfile(data, await builtInProfile(gamut)) : data;
  return { name, format, width: info.width, height: info.height, bytes };
}

/**
 * Pixels up to which the slow ways of the JPEG encoder are worth their time. Of 24 megapixels, fitted
 * Huffman tables take four times as long (0.37 s against 0.1 s) for files 11 % smaller, and all of
 * mozjpeg nine times as long for another tenth.
 */
const SMALL_PIXELS = 4_200_000;

function withFormat(image: Sharp, settings: EncodeSettings, small: boolean): Sharp {
  const quality = Math.round(settings.quality);
  switch (settings.format) {
    case 'jpeg':
      return image.jpeg({
        quality,
        chromaSubsampling: settings.chroma,
        mozjpeg: small && settings.thorough === true,
        optimiseCoding: small,
      });
    case 'webp':
      return image.webp({ quality, effort: 3 });
    case 'png':
      return image.png({ compressionLevel: 6 });
  }
}
