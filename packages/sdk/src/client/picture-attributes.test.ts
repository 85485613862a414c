import { expect, test } from 'vitest';
import { pictureAttributes } from './picture-attributes.ts';

const file = {
  url: 'https://files.example.com/f/prj_a/b.jpg',
  sha256: `0123456789abcdef${'0'.repeat(48)}`,
  width: 1500,
  height: 1000,
  thumbhash: '3OcRJYB4d3h/iIeHeEh3eIhw+j2w',
};

test('room, placeholder, and sizes no larger than the picture', () => {
  const { style, ...others } = pictureAttributes(file, { widths: [320, 640, 1920] });
  const at = (w: number) => `${file.url}?w=${w}&v=0123456789abcdef`;
  expect(others).toEqual({
    src: at(1500),
    srcSet: `${at(320)} 320w, ${at(640)} 640w, ${at(1500)} 1500w`,
    sizes: '100vw',
    ...{ width: 1500, height: 1000, loading: 'lazy', decoding: 'async' },
  });
  expect(style?.backgroundImage).toMatch(/^url\(data:image\/png;base64,[\w+/]+=*\)$/);
});

test('a private one is shown by its signed address; what is not known is left out', () => {
  const bare = { url: null, sha256: null, width: null, height: null };
  const src = 'https://files.example.com/f/prj_a/b.jpg?transform=w%3D640&signature=x';
  expect(pictureAttributes(bare, { src })).toEqual({ src, loading: 'lazy', decoding: 'async' });
  expect(() => pictureAttributes(bare)).toThrow('Expected a public picture');
  expect(pictureAttributes({ ...bare, url: file.url, thumbhash: '!' }).style).toBeUndefined();
});
