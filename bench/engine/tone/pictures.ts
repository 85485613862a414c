import sharp from 'sharp';
import { createPicture, type Picture } from '../../../packages/engine/src/pixels/picture.ts';

/** A photo as the engine works on it small. */
export async function readPicture(file: string, width: number | null = null): Promise<Picture> {
  const { data, info } = await sharp(file)
    .autoOrient()
    .removeAlpha()
    .toColourspace('srgb')
    .resize(width)
    .raw()
    .toBuffer({ resolveWithObject: true });
  return {
    width: info.width,
    height: info.height,
    data: Uint16Array.from(data, (code) => code * 257),
  };
}

/** Two grey walls that meet in the middle. */
export function stepPicture(
  width: number,
  height: number,
  [left, right]: readonly [number, number],
): Picture {
  const picture = createPicture(width, height);
  for (let i = 0; i < width * height; i++)
    picture.data.fill(
      Math.round(65_535 * (i % width < width / 2 ? left : right)),
      i * 3,
      i * 3 + 3,
    );
  return picture;
}

/** Share of pixels with any channel at 254 or 255 in an 8-bit file. */
export function clippedShare({ data }: Picture): number {
  let count = 0;
  for (let i = 0; i < data.length; i += 3)
    if (Math.max(data[i] ?? 0, data[i + 1] ?? 0, data[i + 2] ?? 0) >= 253.5 * 257) count++;
  return count / (data.length / 3);
}
