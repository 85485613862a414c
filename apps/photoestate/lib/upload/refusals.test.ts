import { expect, it } from 'vitest';
import { countPairs, sortOut } from './refusals.ts';

const rules = { types: ['image/jpeg', 'image/x-canon-cr3'], maxSize: 1000, maxFiles: 500 };
const file = (name: string, { size = 10, type = '' } = {}) => ({ name, size, type });

it('takes photos, also RAW files whose type no browser knows, and says why the rest stays', () => {
  const { taken, refused } = sortOut(
    [
      file('a.jpg', { type: 'image/jpeg' }),
      file('a.CR3'),
      file('notes.xmp'),
      file('clip.mp4', { type: 'video/mp4' }),
      file('large.jpg', { type: 'image/jpeg', size: 2000 }),
      file('empty.jpg', { type: 'image/jpeg', size: 0 }),
    ],
    rules,
  );
  expect(taken.map(({ name }) => name)).toEqual(['a.jpg', 'a.CR3']);
  expect(refused.map(({ names }) => names)).toEqual([
    ['notes.xmp', 'clip.mp4'],
    ['large.jpg'],
    ['empty.jpg'],
  ]);
  expect(refused[0]?.words).toMatch(/not a photo.*can be used/);
  expect(refused[1]?.words).toMatch(/limit is 1000 B/);
});

it('counts pairs of RAW and JPEG, in whatever order and case', () => {
  const names = ['IMG_1.CR3', 'img_1.jpg', 'IMG_2.CR3', 'IMG_3.JPG', 'IMG_4.dng', 'IMG_4.HEIC'];
  expect(countPairs(names.map((name) => file(name)))).toBe(2);
});
