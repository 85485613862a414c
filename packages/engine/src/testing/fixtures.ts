import { createPicture, type Picture } from '../pixels/picture.ts';

type Rgb = readonly [red: number, green: number, blue: number];

/** A picture from a function of the pixel's place; encoded values 0..1. */
export function pictureOf(
  width: number,
  height: number,
  colorAt: (x: number, y: number) => Rgb,
): Picture {
  const picture = createPicture(width, height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const color = colorAt(x, y);
      for (let c = 0; c < 3; c++)
        picture.data[(y * width + x) * 3 + c] = Math.round((color[c] ?? 0) * 65535);
    }
  }
  return picture;
}

/** Mean encoded value (0..1) of each channel. */
export function channelMeans(picture: Picture): [number, number, number] {
  const sums: [number, number, number] = [0, 0, 0];
  for (let i = 0; i < picture.data.length; i += 3) {
    sums[0] += picture.data[i] as number;
    sums[1] += picture.data[i + 1] as number;
    sums[2] += picture.data[i + 2] as number;
  }
  const scale = 1 / (65535 * (picture.data.length / 3));
  return [sums[0] * scale, sums[1] * scale, sums[2] * scale];
}
