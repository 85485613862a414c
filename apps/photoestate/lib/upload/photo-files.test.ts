import { expect, it } from 'vitest';
import { photoFiles } from './photo-files.ts';

it('takes a folder in the order of the shoot, without what the system left there', () => {
  const names = ['IMG_10.jpg', 'IMG_9.jpg', '.DS_Store', 'Thumbs.db', 'img_8.JPG', '._IMG_9.jpg'];
  expect(photoFiles(names.map((name) => ({ name }))).map(({ name }) => name)).toEqual([
    'img_8.JPG',
    'IMG_9.jpg',
    'IMG_10.jpg',
  ]);
});
