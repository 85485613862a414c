import { expect, it } from 'vitest';
import { nearest } from './nearest.ts';

const photos = (ids: string) => [...ids].map((id) => ({ id }));

it.each([
  ['itself', 'b', 'abcd', 'b'],
  ['the next one', 'b', 'ad', 'd'],
  ['the last one, after which there is none', 'd', 'ab', 'b'],
  ['the first one for one that is gone', 'x', 'bd', 'b'],
  ['none where none is shown', 'b', '', undefined],
])('the nearest is %s', (_, id, shown, expected) => {
  expect(nearest(id, photos('abcd'), photos(shown))).toBe(expected);
});
