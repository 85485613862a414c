import { expect, test } from 'vitest';
import { coverSet, peekSet, stripSet } from './pictures.ts';

test('what is kept small is offered as it is, and larger from what is kept larger', () => {
  expect(coverSet('/media/photos/pho_1/thumb')).toBe(
    '/media/photos/pho_1/thumb 480w, /media/photos/pho_1/preview?w=960 960w, /media/photos/pho_1/preview?w=1440 1440w',
  );
  expect(stripSet('/media/photos/pho_1/thumb')).toBe(
    '/media/photos/pho_1/thumb?w=192 192w, /media/photos/pho_1/thumb 480w',
  );
});

test('a first look has one size, and no other', () => {
  expect(coverSet('/media/enhancements/enh_1/first-look?v=1')).toBeUndefined();
  expect(stripSet('/media/enhancements/enh_1/first-look?v=1')).toBeUndefined();
});

test('a picture in large comes as wide as the window wants it, if it is kept so', () => {
  expect(peekSet('/media/photos/pho_1/preview')).toBe(
    '/media/photos/pho_1/preview?w=960 960w, /media/photos/pho_1/preview?w=1440 1440w, /media/photos/pho_1/preview 2048w',
  );
  expect(peekSet('/media/photos/pho_1/thumb')).toBeUndefined();
});
