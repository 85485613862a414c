import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import sharp from 'sharp';
import { decodeOverview } from '../../../packages/engine/src/frames/decode-overview.ts';
import { readFrameInfo } from '../../../packages/engine/src/frames/read-frame-info.ts';
import { readHeader } from '../../../packages/engine/src/frames/read-header.ts';
import { resolveOptions } from '../../../packages/engine/src/options/resolve-options.ts';
import { lumaOf, type Picture } from '../../../packages/engine/src/pixels/picture.ts';
import { srgbToLinear } from '../../../packages/engine/src/pixels/srgb.ts';
import type { Overview } from '../../../packages/engine/src/plan/plan.ts';
import type { Scene } from '../../../packages/engine/src/testing/interior.ts';

/** Pixels that an overview has at most, as in the engine. */
const OVERVIEW_PIXELS = 2_500_000;

/** Files of a folder that are photos, by name. */
export function photosIn(...folder: readonly string[]): string[] {
  const path = join(...folder);
  return readdirSync(path)
    .filter((name) => /\.(jpe?g|png|tiff?)$/i.test(name))
    .sort()
    .map((name) => join(path, name));
}

/** Every bracket of the sets, as folder and name. */
export function bracketsIn(
  data: string,
  sets: readonly string[],
): { name: string; folder: string }[] {
  return sets.flatMap((set) =>
    readdirSync(join(data, set)).map((name) => ({ name, folder: join(data, set, name) })),
  );
}

/** A photo as the engine sees it at first. `full` is its own size. */
export type Seen = {
  readonly overview: Overview;
  readonly full: { width: number; height: number };
};

export async function seePhoto(file: string, frame: number): Promise<Seen> {
  const bytes = await readFile(file);
  const header = await readHeader(bytes, file, resolveOptions().limits);
  const { width, height } = header;
  let scale = 1;
  while (Math.ceil(width / scale) * Math.ceil(height / scale) > OVERVIEW_PIXELS) scale *= 2;
  const picture = await decodeOverview({ name: file, bytes }, header, scale);
  const overview = { ...overviewOfPicture(picture, frame, scale), name: basename(file) };
  return { overview, full: { width, height } };
}

export function overviewOfPicture(picture: Picture, frame: number, scale: number): Overview {
  return { frame, name: `frame ${frame}`, picture, luma: lumaOf(picture), scale };
}

/** A photo as light, reduced to `width` pixels where that is given. */
export async function lightOf(file: string, width?: number): Promise<Scene> {
  const image = sharp(file).autoOrient().flatten({ background: '#ffffff' }).toColourspace('srgb');
  const sized = width === undefined ? image : image.resize({ width, kernel: 'lanczos3' });
  const { data, info } = await sized.raw().toBuffer({ resolveWithObject: true });
  const table = Float32Array.from({ length: 256 }, (_, code) => srgbToLinear(code / 255));
  const radiance = Float32Array.from(data, (code) => table[code] as number);
  return { width: info.width, height: info.height, radiance };
}

export function lightOfPicture({ width, height, data }: Picture): Scene {
  const radiance = Float32Array.from(data, (value) => srgbToLinear(value / 65535));
  return { width, height, radiance };
}

/** Exposure value from EXIF, one less for twice the light; `null` without. */
export async function exposureOf(file: string): Promise<number | null> {
  return (await readFrameInfo(await readFile(file), file)).ev;
}
