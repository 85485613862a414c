import sharp from 'sharp';
import type { Shown } from './engine-at-work.ts';

/** White between two pictures, in pixels. */
const GAP = 8;

/** A part of a picture, as shares (0..1) of it. */
export type Part = {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
};

/** The same part of a picture, as a picture. */
export async function partOf(shown: Shown, part: Part): Promise<Shown> {
  const box = {
    left: Math.round(part.left * shown.width),
    top: Math.round(part.top * shown.height),
    width: Math.round(part.width * shown.width),
    height: Math.round(part.height * shown.height),
  };
  return { ...box, data: await raw(shown).extract(box).raw().toBuffer() };
}

/** Pictures side by side on white, each this wide, as a JPEG. The first one says how high. */
export async function sideBySide(pictures: readonly Shown[], width: number): Promise<Buffer> {
  const [first] = pictures;
  if (first === undefined) throw new RangeError('no picture to show');
  const height = Math.round((width * first.height) / first.width);
  const tiles = await Promise.all(
    pictures.map((picture) =>
      // Small parts are shown with their pixels, not smoothed over.
      raw(picture)
        .resize(width, height, {
          fit: 'cover',
          kernel: picture.width < width ? 'nearest' : 'lanczos3',
        })
        .png()
        .toBuffer(),
    ),
  );
  const whole = { width: tiles.length * (width + GAP) - GAP, height };
  return await sharp({ create: { ...whole, channels: 3, background: '#fff' } })
    .composite(tiles.map((input, index) => ({ input, left: index * (width + GAP), top: 0 })))
    .jpeg({ quality: 84, mozjpeg: true })
    .toBuffer();
}

function raw({ width, height, data }: Shown) {
  return sharp(data, { raw: { width, height, channels: 3 } });
}
