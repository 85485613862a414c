import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import {
  planWhiteBalance,
  type WhiteBalancePlan,
} from '../../../packages/engine/src/color/plan-white-balance.ts';
import { presetSettings } from '../../../packages/engine/src/options/resolve-options.ts';
import { createPicture, type Picture } from '../../../packages/engine/src/pixels/picture.ts';

export type Photo = { readonly name: string; readonly picture: Picture };

/** Long side in pixels of the house photos in the trials: colour needs no more, a thousand casts do. */
const LONG_SIDE = 400;

export async function readPicture(path: string, longSide?: number): Promise<Picture> {
  let image = sharp(path).removeAlpha().toColourspace('srgb');
  if (longSide !== undefined)
    image = image.resize(longSide, longSide, { fit: 'inside', withoutEnlargement: true });
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
  const picture = createPicture(info.width, info.height);
  for (let i = 0; i < picture.data.length; i++) picture.data[i] = (data[i] as number) * 257;
  return picture;
}

export async function readHouses(data: string): Promise<readonly Photo[]> {
  const folder = join(data, 'houses');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.jpg')).sort();
  const photos: Photo[] = [];
  for (const name of names)
    photos.push({ name, picture: await readPicture(join(folder, name), LONG_SIDE) });
  return photos;
}

/** What the engine plans with its usual settings. */
export function plan(picture: Picture): WhiteBalancePlan {
  return planWhiteBalance(picture, presetSettings('natural').whiteBalance);
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function worstQuarter(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => b - a);
  return mean(sorted.slice(0, Math.max(1, Math.round(values.length / 4))));
}
