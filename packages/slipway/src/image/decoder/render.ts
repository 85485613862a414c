import { open, writeFile } from 'node:fs/promises';
import sharp, { type Metadata, type Sharp } from 'sharp';
import { rgbaToThumbHash } from 'thumbhash';
import { HEAD_BYTES, type OutputFormat, sourceFormat } from '../formats.ts';
import type { MeasureAnswer, MeasureRequest, RenderAnswer, RenderRequest } from './protocol.ts';

/** An AVIF of more pixels than this takes seconds: `auto` makes a WebP instead. */
const AUTO_AVIF_PIXELS = 1_000_000;
/** What looks the same at arm's length. */
const QUALITY = { jpeg: 80, webp: 78, avif: 55 } as const;
/** Above it AVIF takes three times as long for a few per cent. */
const AVIF_EFFORT = 2;

/** A picture that is not decoded. */
class Refusal extends Error {
  readonly code: 'image_unsupported' | 'image_too_large';

  constructor(code: Refusal['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/** Makes one picture from another. Runs in decoder processes only; whatever is wrong with the picture is an answer. */
export async function render(request: RenderRequest): Promise<RenderAnswer> {
  try {
    await checkFormat(request.input);
    // The first picture of an animation or of many pages, and nothing of the others.
    const options = { pages: 1, failOn: 'error' } as const;
    const metadata = await sharp(request.input, { ...options, limitInputPixels: false }).metadata();
    checkPixels(metadata, request.maxPixels);
    const format = formatFor(request, metadata);
    const source = sharp(request.input, { ...options, limitInputPixels: request.maxPixels });
    const resized = resize(source, request, format);
    const { data, info } = await encode(resized, format, request.quality).toBuffer({
      resolveWithObject: true,
    });
    await writeFile(request.output, data, { mode: 0o600 });
    const { width, height } = metadata.autoOrient;
    return {
      type: 'rendered',
      contentType: `image/${format}`,
      width: info.width,
      height: info.height,
      source: { width, height },
      ...(request.thumbhash === true && { thumbhash: await thumbhashOf(request.output) }),
    };
  } catch (error) {
    return answerTo(error);
  }
}

/** It takes no more pixels than that, and would see nothing in them. */
const HASHED_SIDE = 100;

/** Of the picture that was made, by its path: a decoder process reads nothing but files. */
async function thumbhashOf(path: string): Promise<string> {
  const { data, info } = await sharp(path)
    .resize(HASHED_SIDE, HASHED_SIDE, { fit: 'inside', withoutEnlargement: true })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return Buffer.from(rgbaToThumbHash(info.width, info.height, data)).toString('base64');
}

/** How large a picture is, upright, by its header. */
export async function measure({ measure: path }: MeasureRequest): Promise<MeasureAnswer> {
  try {
    await checkFormat(path);
    const { autoOrient } = await sharp(path, { pages: 1, limitInputPixels: false }).metadata();
    return { type: 'measured', width: autoOrient.width, height: autoOrient.height };
  } catch (error) {
    return answerTo(error);
  }
}

async function checkFormat(path: string): Promise<void> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    if (sourceFormat(buffer.subarray(0, bytesRead)) !== null) return;
  } finally {
    await file.close();
  }
  throw new Refusal(
    'image_unsupported',
    'Expected a JPEG, PNG, WebP, GIF, AVIF or TIFF; the content of this file is none.',
  );
}

function checkPixels({ width, height }: Metadata, most: number): void {
  if (width * height <= most) return;
  const megapixels = (pixels: number) => `${Math.round(pixels / 100_000) / 10} megapixels`;
  throw new Refusal(
    'image_too_large',
    `Expected a picture of up to ${megapixels(most)}; this one has ${width} × ${height}, ${megapixels(width * height)}.`,
  );
}

function formatFor(request: RenderRequest, { autoOrient, hasAlpha }: Metadata): OutputFormat {
  const { format, width, height } = request;
  if (format === 'auto') return hasAlpha ? 'png' : 'jpeg';
  if (format === 'auto-webp') return 'webp';
  if (format !== 'auto-avif') return format;
  const scale = Math.min(
    1,
    (width ?? Number.POSITIVE_INFINITY) / autoOrient.width,
    (height ?? Number.POSITIVE_INFINITY) / autoOrient.height,
  );
  const inside = autoOrient.width * autoOrient.height * scale ** 2;
  const pixels = request.fit === 'inside' ? inside : (width ?? 1) * (height ?? 1);
  return pixels <= AUTO_AVIF_PIXELS ? 'avif' : 'webp';
}

/** Upright and in sRGB, which is sharp's own default, as is leaving all metadata out. */
function resize(source: Sharp, request: RenderRequest, format: OutputFormat): Sharp {
  const { width, height, fit } = request;
  const background = format === 'jpeg' ? 'white' : 'transparent';
  const resized = source
    .autoOrient()
    .resize(width, height, { fit, background, withoutEnlargement: true });
  return format === 'jpeg' ? resized.flatten({ background }) : resized;
}

function encode(picture: Sharp, format: OutputFormat, quality: number | null): Sharp {
  switch (format) {
    case 'jpeg':
      return picture.jpeg({ quality: quality ?? QUALITY.jpeg });
    case 'webp':
      return picture.webp({ quality: quality ?? QUALITY.webp });
    case 'avif':
      return picture.avif({ quality: quality ?? QUALITY.avif, effort: AVIF_EFFORT });
    case 'png':
      return picture.png();
  }
}

function answerTo(error: unknown): RenderAnswer & MeasureAnswer {
  if (error instanceof Refusal) {
    return { type: 'refused', code: error.code, message: error.message };
  }
  const cause = String(error).slice(0, 1000);
  // The disk is full, say: that is not the picture's fault.
  if (!(error instanceof Error) || 'syscall' in error) return { type: 'failed', cause };
  const message = 'This picture cannot be decoded; it may be damaged or incomplete.';
  return { type: 'refused', code: 'image_damaged', message, cause };
}
