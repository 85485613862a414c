import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import {
  askedIn,
  forgetPlace,
  keepPlace,
  noteViewed,
  placeOn,
  type TablePlace,
  takePlace,
} from './table-place.ts';

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  });
});
afterEach(() => vi.unstubAllGlobals());

const scene = (id: string, photos: string) => ({
  id,
  photos: [...photos].map((each) => ({ id: each })),
});
const table = [scene('one', 'abc'), scene('two', 'd'), scene('three', 'e')];
const place: TablePlace = {
  selected: ['one', 'three'],
  scrollY: 900,
  anchor: { sceneId: 'two', top: 80 },
  focus: { sceneId: 'one', photoId: 'b' },
};

it('a place is found once, by its own listing, with the scene that was looked at last', () => {
  noteViewed('lst_a', 'two');
  expect(takePlace('lst_a', '')).toBe(undefined);
  keepPlace('lst_a', place);
  noteViewed('lst_a', 'two');
  expect(takePlace('lst_b', '')).toBe(undefined);
  expect(takePlace('lst_a', '')).toEqual({ ...place, viewed: 'two' });
  expect(takePlace('lst_a', '')).toBe(undefined);
  keepPlace('lst_a', { ...place, viewed: 'two' });
  forgetPlace('lst_a');
  expect(takePlace('lst_a', '')).toBe(undefined);
});

it('who did not look at a scene meanwhile begins at the top', () => {
  keepPlace('lst_a', place);
  expect(takePlace('lst_a', '')).toBe(undefined);
  noteViewed('lst_a', 'two');
  expect(takePlace('lst_a', '')).toBe(undefined);
});

it.each([
  ['all', '', '', true],
  ['all, after some', 'show=review', 'stars=2', true],
  ['the same', 'show=review', 'show=review', true],
  ['others', 'show=review', 'show=requests', false],
  ['those that a client likes', '', 'liked=vis_a', false],
])('an address that asks for %s', (_, left, now, isFound) => {
  keepPlace('lst_a', { ...place, viewed: 'two', asked: askedIn(new URLSearchParams(left)) });
  const found = takePlace('lst_a', askedIn(new URLSearchParams(now)));
  expect(found !== undefined).toBe(isFound);
});

it.each<[string, Partial<TablePlace>, typeof table, Partial<TablePlace>]>([
  ['all that is still there', { viewed: 'one' }, table, {}],
  [
    'nothing of what is gone',
    {},
    table.slice(2),
    { selected: ['three'], anchor: null, focus: null },
  ],
  [
    'the card of a frame that is gone',
    {},
    [scene('one', 'ac'), ...table.slice(1)],
    { focus: { sceneId: 'one' } },
  ],
  [
    'the scene that was gone on to',
    { viewed: 'three' },
    table,
    { focus: { sceneId: 'three' }, viewed: 'three' },
  ],
  ['the scene that was left for one that is gone', { viewed: 'four' }, table, {}],
])('coming back finds %s', (_, left, now, expected) => {
  expect(placeOn(now, { ...place, ...left })).toEqual({ ...place, ...expected });
});
