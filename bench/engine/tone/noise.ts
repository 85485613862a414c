import { createRandom, renderInterior } from '@repo/engine/test-pictures';
import type { Picture } from '../../../packages/engine/src/pixels/picture.ts';
import { linearToSrgb } from '../../../packages/engine/src/pixels/srgb.ts';

/** The rendered room without and with noise, whose standard deviation is `sigma` of 255 in each channel. */
export function noisyRooms(
  width: number,
  height: number,
  sigma: number,
): { clean: Picture; noisy: Picture } {
  const random = createRandom(9);
  const bell = (): number => {
    let sum = -6;
    for (let i = 0; i < 12; i++) sum += random();
    return sum;
  };
  const { radiance } = renderInterior(width, height, 3);
  const clean = Uint16Array.from(radiance, (light) => linearToSrgb(Math.min(1, light)) * 65_535);
  const noisy = clean.map((code) =>
    Math.min(65_535, Math.max(0, Math.round(code / 257 + sigma * bell()) * 257)),
  );
  return { clean: { width, height, data: clean }, noisy: { width, height, data: noisy } };
}

/** Peak signal-to-noise ratio in dB. */
export function psnr(a: Picture, b: Picture): number {
  let sum = 0;
  for (let i = 0; i < a.data.length; i++) sum += (((a.data[i] ?? 0) - (b.data[i] ?? 0)) / 257) ** 2;
  return 10 * Math.log10((255 * 255) / (sum / a.data.length));
}

/** Luma contrast of a picture where another has edges, as a share of what it is there. */
export function edgesKept(picture: Picture, clean: Picture): number {
  const { width, height } = clean;
  let [is, was] = [0, 0];
  for (let i = 1; i < width * height - 1; i++) {
    const step = luma(clean, i + 1) - luma(clean, i - 1);
    if (Math.abs(step) < 30 || i % width === 0) continue;
    was += Math.abs(step);
    is += Math.sign(step) * (luma(picture, i + 1) - luma(picture, i - 1));
  }
  return is / was;
}

function luma({ data }: Picture, i: number): number {
  const [r = 0, g = 0, b = 0] = data.subarray(i * 3, i * 3 + 3);
  return (0.2126 * r + 0.7152 * g + 0.0722 * b) / 257;
}
