import sharp from 'sharp';
import { expect, test } from 'vitest';
import { headerSize } from './header-size.ts';

const picture = (width = 321, height = 123) =>
  sharp({ create: { width, height, channels: 3, background: '#48a' } });

test.each([
  ['png', picture().png()],
  ['interlaced png', picture().png({ progressive: true })],
  ['gif', picture().gif()],
  ['jpeg', picture().jpeg()],
  ['progressive jpeg', picture().jpeg({ progressive: true })],
  ['jpeg with a profile', picture().withIccProfile('p3').jpeg()],
  ['lossy webp', picture().webp()],
  ['lossless webp', picture().webp({ lossless: true })],
  ['webp with a profile', picture().withIccProfile('p3').webp()],
])('%s', async (_name, source) => {
  const bytes = await source.toBuffer();
  expect(headerSize(bytes)).toEqual({ width: 321, height: 123 });
  // Cut off anywhere it is either known or not, never something else.
  for (let end = 0; end < Math.min(bytes.length, 4000); end += 7)
    expect([null, { width: 321, height: 123 }]).toContainEqual(headerSize(bytes.subarray(0, end)));
});

test.each([1, 2, 3, 4, 5, 6, 7, 8])('a jpeg of orientation %i, as the decoder says', async (n) => {
  const bytes = await picture().withMetadata({ orientation: n }).jpeg().toBuffer();
  const { autoOrient } = await sharp(bytes).metadata();
  expect(headerSize(bytes)).toEqual(autoOrient);
});

test('bytes that are none, or lie, say nothing', () => {
  const jpeg = (...bytes: number[]) => Uint8Array.from([0xff, 0xd8, ...bytes]);
  for (const bytes of [
    new Uint8Array(),
    new Uint8Array(100),
    jpeg(),
    jpeg(0xff, 0xff, 0xff),
    // A segment that ends in itself leads nowhere, but forward.
    jpeg(0xff, 0xe0, 0, 0, 0xff, 0xe0, 0, 0),
    jpeg(0xff, 0xe1, 0xff, 0xff),
    jpeg(0xff, 0xc0, 0, 17, 8, 0, 0, 0, 0),
    Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1'),
    Buffer.from('GIF89a\0\0\0\0', 'latin1'),
  ])
    expect(headerSize(bytes)).toBeNull();
});
