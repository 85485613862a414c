import sharp from 'sharp';
import { expect, it } from 'vitest';
import { BASE_SETTINGS } from '../options/presets.ts';
import { expose } from '../testing/bracket.ts';
import { renderInterior } from '../testing/pictures.ts';
import { encodeImage, type Picture8 } from './encode-image.ts';

const SIZE = { width: 660, height: 440 };

function photo(): Picture8 {
  const scene = renderInterior(SIZE.width, SIZE.height, 5);
  return { ...SIZE, data: expose(scene, { ev: 0, seed: 5, light: [1, 1, 1] }) };
}

/** Mean change from pixel to pixel along rows, in codes. */
async function crispness(maxWidth: number, isSharpened: boolean): Promise<number> {
  const { bytes } = await encodeImage(photo(), {
    ...{ name: 'out', format: 'png', quality: 90, maxWidth, maxHeight: null, chroma: '4:4:4' },
    sharpening: isSharpened ? { settings: BASE_SETTINGS.sharpen, noise: 0 } : null,
  });
  const { data, info } = await sharp(bytes).greyscale().raw().toBuffer({ resolveWithObject: true });
  let sum = 0;
  for (let i = 1; i < data.length; i++)
    if (i % info.width !== 0) sum += Math.abs((data[i] as number) - (data[i - 1] as number));
  return sum / data.length;
}

it.each([1, 1.1, 1.19])(
  'what is %f times smaller than the photo is as crisp as that is already',
  async (reduction) => {
    const width = Math.ceil(SIZE.width / reduction);
    expect(await crispness(width, true)).toBe(await crispness(width, false));
  },
);

it('what is smaller than that is crisped once more', async () => {
  const width = SIZE.width / 1.5;
  expect(await crispness(width, true)).toBeGreaterThan(1.01 * (await crispness(width, false)));
});
