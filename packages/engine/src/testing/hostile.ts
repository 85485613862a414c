import { readFile } from 'node:fs/promises';
import { crc32, deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import { attachProfile } from '../encode/attach-profile.ts';
import { tagCodes } from '../frames/tagged-codes.ts';
import type { InputFrame } from '../steps/step.ts';
import { expose } from './bracket.ts';
import { renderInterior } from './interior.ts';

/** Files as they really arrive: cut off, mislabelled, oversized, unusual. */

const SIZE = { width: 96, height: 64 };

/** Interleaved 8-bit RGB of the synthetic room, 96 x 64 pixels. */
function roomCodes(): Uint8Array {
  return expose(renderInterior(SIZE.width, SIZE.height, 7), { ev: 0, seed: 7, light: [1, 1, 1] });
}

function room(): Sharp {
  return sharp(roomCodes(), { raw: { ...SIZE, channels: 3 } });
}

/** A JPEG whose upload broke off after about half of its bytes. */
export async function truncatedJpeg(): Promise<InputFrame> {
  const bytes = await room().jpeg({ quality: 95 }).toBuffer();
  return { name: 'truncated.jpg', bytes: bytes.subarray(0, Math.round(bytes.length * 0.55)) };
}

export function zeroBytes(): InputFrame {
  return { name: 'empty.jpg', bytes: new Uint8Array(0) };
}

export function textNamedJpg(): InputFrame {
  return {
    name: 'notes.jpg',
    bytes: new TextEncoder().encode('Kitchen: three exposures, window side.\n'.repeat(20)),
  };
}

/** 14,000 x 14,000 pixels, all black, in about 25 kB. */
export function pngBomb(side = 14_000): InputFrame {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header[8] = 1; // one bit per pixel, greyscale
  const rows = deflateSync(Buffer.alloc(side * (1 + Math.ceil(side / 8))), { level: 9 });
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return {
    name: 'bomb.png',
    bytes: Buffer.concat([
      signature,
      pngChunk('IHDR', header),
      pngChunk('IDAT', rows),
      pngChunk('IEND', Buffer.alloc(0)),
    ]),
  };
}

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'ascii'), data]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}

/** A JPEG in CMYK without a profile, as print departments send them. */
export async function cmykJpeg(): Promise<InputFrame> {
  return {
    name: 'cmyk.jpg',
    bytes: await room().toColourspace('cmyk').jpeg({ quality: 95 }).toBuffer(),
  };
}

/** 16 bits per channel, every code a multiple of 257 plus one: 8 bits cannot hold it. */
export async function tiff16(): Promise<InputFrame> {
  const codes = Uint16Array.from(roomCodes(), (code) => Math.min(65_535, code * 257 + 1));
  const image = sharp(codes, { raw: { ...SIZE, channels: 3 } });
  return {
    name: 'deep.tif',
    bytes: await image.toColourspace('rgb16').tiff({ compression: 'lzw' }).toBuffer(),
  };
}

/** Three pages: the room, then two plain ones. */
export async function animatedWebp(): Promise<InputFrame> {
  const plain = (background: string) =>
    sharp({ create: { ...SIZE, channels: 3, background } })
      .png()
      .toBuffer();
  const pages = [await room().png().toBuffer(), await plain('#ff0000'), await plain('#0000ff')];
  return {
    name: 'animated.webp',
    bytes: await sharp(pages, { join: { animated: true } })
      .webp({ quality: 95 })
      .toBuffer(),
  };
}

export async function onePixel(): Promise<InputFrame> {
  const image = sharp({ create: { width: 1, height: 1, channels: 3, background: '#808080' } });
  return { name: 'dot.png', bytes: await image.png().toBuffer() };
}

/** A JPEG that carries GPS coordinates and is stored lying on its side (EXIF orientation 6). */
export async function turnedJpegWithGps(): Promise<InputFrame> {
  const image = room()
    .withMetadata({ orientation: 6 })
    .withExifMerge({
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '51/1 30/1 0/1',
        GPSLongitudeRef: 'W',
        GPSLongitude: '0/1 7/1 0/1',
      },
    });
  return { name: 'turned.jpg', bytes: await image.jpeg({ quality: 95 }).toBuffer() };
}

/** A strip of the room far longer than it is wide, e.g. 16 x 20000: a scan, a panorama, or spite. */
export async function stripPicture(width: number, height: number): Promise<InputFrame> {
  const image = room().resize({ width, height, fit: 'fill' });
  return {
    name: `strip-${width}x${height}.jpg`,
    bytes: await image.jpeg({ quality: 90 }).toBuffer(),
  };
}

/**
 * Four squares as an iPhone would store them: HEVC in a HEIC file, Display P3, lying on its side. Upright
 * it is 48 x 64 pixels; blue is top left and red top right, grey bottom left and green bottom right.
 * Made with libheif and x265, which no package here can do, so the file is kept beside this one.
 */
export async function quadrantsHeic(): Promise<InputFrame> {
  const bytes = await readFile(new URL('./quadrants.heic', import.meta.url));
  return { name: 'IMG_0001.HEIC', bytes: new Uint8Array(bytes) };
}

type Codes = readonly [red: number, green: number, blue: number];

/** A flat JPEG with a colour profile, whatever is in that. */
export async function profiledJpeg(color: Codes, icc: Uint8Array): Promise<InputFrame> {
  const [r, g, b] = color;
  const image = sharp({ create: { ...SIZE, channels: 3, background: { r, g, b } } });
  const jpeg = await image.jpeg({ quality: 100, chromaSubsampling: '4:4:4' }).toBuffer();
  return { name: 'profiled.jpg', bytes: attachProfile(jpeg, icc) };
}

/** A flat 16-bit TIFF with a colour profile; each code is 257 times that given. */
export function profiledTiff(color: Codes, icc: Uint8Array): InputFrame {
  const { width, height } = SIZE;
  const data = new Uint16Array(width * height * 3);
  for (let i = 0; i < data.length; i++) data[i] = (color[i % 3] ?? 0) * 257;
  return { name: 'profiled.tif', bytes: tagCodes({ width, height, data }, icc) };
}
