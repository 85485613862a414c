import { describe, expect, it } from 'vitest';
import type { Photo, Scene } from '../trpc.ts';
import {
  archivedBy,
  decidedBy,
  deletedBy,
  type Edit,
  nameNewScene,
  withEdits,
  withUpdates,
} from './edits.ts';

const photo = (id: string) => ({ id, takenAt: null, position: id.charCodeAt(0) }) as Photo;
const scene = (id: string, position: number, photos: string): Scene =>
  ({ id, position, label: null, photos: [...photos].map(photo) }) as Scene;

const table = [scene('one', 1, 'abc'), scene('two', 2, 'd')];
const shape = (scenes: readonly Scene[]) =>
  scenes.map(({ id, photos }) => `${id}:${photos.map((each) => each.id).join('')}`);

const about = { listingId: 'lst', failed: '' };
const move = (photoId: string, sceneId: string | null, newSceneId?: string): Edit => ({
  ...about,
  path: 'photo.move',
  input: { photoId, sceneId, ...(newSceneId && { newSceneId }) },
});

describe('changes that the server has not made yet', () => {
  it.each<[string, Edit[], string[]]>([
    ['a frame in another scene', [move('a', 'two')], ['one:bc', 'two:ad']],
    [
      'a new scene, and another frame put into it',
      [move('a', null, 'new'), move('c', 'new')],
      ['one:b', 'new:ac', 'two:d'],
    ],
    [
      'two scenes made one',
      [{ ...about, path: 'scene.merge', input: { sceneId: 'one', fromSceneIds: ['two'] } }],
      ['one:abcd'],
    ],
    [
      'a scene split into single photos',
      [{ ...about, path: 'scene.split', input: { sceneId: 'one', newSceneIds: ['x', 'y'] } }],
      ['one:a', 'x:b', 'y:c', 'two:d'],
    ],
    [
      'a merge taken back',
      [
        { ...about, path: 'scene.merge', input: { sceneId: 'one', fromSceneIds: ['two'] } },
        {
          ...about,
          path: 'scene.split',
          input: { sceneId: 'one', photoIds: ['d'], newSceneIds: ['back'] },
        },
      ],
      ['one:abc', 'back:d'],
    ],
    [
      'a merge of several taken back, each scene under its own name',
      [
        { ...about, path: 'scene.merge', input: { sceneId: 'two', fromSceneIds: ['one'] } },
        {
          ...about,
          path: 'scene.split',
          input: { sceneId: 'two', parts: [['a', 'b'], ['c']], newSceneIds: ['one', 'new'] },
        },
      ],
      ['two:d', 'one:ab', 'new:c'],
    ],
    [
      'a deleted scene',
      [
        {
          ...about,
          path: 'scene.delete',
          input: { listingId: 'lst', sceneIds: ['one'], photoIds: ['a', 'b', 'c'] },
        },
      ],
      ['two:d'],
    ],
    [
      'a deleted photo, with the scene that it was alone in',
      [{ ...about, path: 'photo.delete', input: { photoId: 'd' } }],
      ['one:abc'],
    ],
    ['nothing of what is no longer there', [move('a', 'gone'), move('z', 'one')], shape(table)],
  ])('show %s', (_, edits, expected) => {
    const shown = withEdits(table, edits);
    expect(shape(shown)).toEqual(expected);
    // What the server has made already, and is told of once more, stays as it is.
    expect(shape(withEdits(shown, edits))).toEqual(expected);
    expect(shown.map(({ position }) => position)).toEqual(shown.map((_each, index) => index + 1));
  });
});

it('stars and settings that the server has not heard of are shown', () => {
  const stars: Edit = { ...about, path: 'scene.rate', input: { sceneId: 'two', rating: 4 } };
  const look = { preset: 'bright', adjustments: { brightness: 1 } } as const;
  const input = { listingId: 'lst', sceneIds: ['one', 'two'] };
  const keep: Edit = { ...about, path: 'scene.setSettings', input: { ...input, look } };
  const forget: Edit = { ...keep, input: { listingId: 'lst', sceneIds: ['one'], look: null } };
  const shown = withEdits(table, [stars, keep, forget]);
  expect(shown.map(({ rating, settings }) => [rating, settings])).toEqual([
    [undefined, null],
    [4, { ...look, lookName: null }],
  ]);
});

it('a listing has the address that was given it last', () => {
  const rename = (address: string, listingId = 'lst'): Edit => ({
    ...about,
    path: 'listing.update',
    input: { listingId, address },
  });
  const listing = { id: 'lst', address: 'old', status: 'draft' };
  const edits = [rename('new'), rename('newest'), rename('elsewhere', 'other')];
  expect(withUpdates(listing, edits)).toEqual({ id: 'lst', address: 'newest', status: 'draft' });
  expect(deletedBy(edits).size).toBe(0);
});

it('decisions and the archive count as made, the last one of each listing', () => {
  const decide = (path: 'review.accept' | 'review.reject', enhancementId: string): Edit => ({
    ...{ ...about, path, input: { enhancementId } },
  });
  const put = (path: 'listing.archive' | 'listing.restore', ...listingIds: string[]): Edit => ({
    ...{ path, listingId: null, failed: '', input: { listingIds } },
  });
  const edits = [
    decide('review.accept', 'one'),
    decide('review.reject', 'two'),
    put('listing.archive', 'a', 'b'),
    put('listing.restore', 'b', 'c'),
  ];
  expect([...decidedBy(edits)]).toEqual(['one', 'two']);
  expect([...archivedBy(edits)]).toEqual([
    ['a', true],
    ['b', false],
    ['c', false],
  ]);
  // Neither belongs to the table of a listing.
  expect(withEdits(table, edits)).toEqual(table);
});

it('new scenes have names as the server gives them', () => {
  expect(nameNewScene()).toMatch(/^scn_[0-9A-Za-z]{22}$/);
  expect(nameNewScene()).not.toBe(nameNewScene());
});
