import { expect, test } from 'vitest';
import { pickerTypes } from './picked-files.ts';

test('a picker offers what an input offers: types, and extensions of types that no system knows', () => {
  expect(pickerTypes('image/jpeg,image/*,.cr2,.nef', 'Photos')).toEqual([
    {
      description: 'Photos',
      accept: { 'image/jpeg': [], 'image/*': [], 'application/octet-stream': ['.cr2', '.nef'] },
    },
  ]);
  expect(pickerTypes(undefined, 'Files')).toEqual([]);
});
