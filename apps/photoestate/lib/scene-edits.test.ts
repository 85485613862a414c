import { describe, expect, it } from 'vitest';
import {
  hasRoom,
  neighbour,
  sceneName,
  splitScenes,
  ungroupedCount,
  withoutPhotos,
  withPhotoMoved,
} from './scene-edits.ts';
import type { Photo, Scene } from './trpc.ts';

function photo(id: string, position: number): Photo {
  return {
    id,
    listingId: 'lst',
    sceneId: 'any',
    name: `${id}.jpg`,
    size: 1,
    type: 'image/jpeg',
    status: 'ready',
    refusal: null,
    width: 3,
    height: 2,
    takenAt: null,
    ev: 10 - position,
    exposureTime: null,
    fNumber: null,
    iso: null,
    exposureBias: null,
    camera: null,
    ungrouped: false,
    split: false,
    position,
    createdAt: new Date(0),
    urls: { thumb: null, preview: null, original: '/x' },
  };
}

function scene(id: string, position: number, photos: Photo[]): Scene {
  return {
    id,
    listingId: 'lst',
    position,
    label: null,
    rating: 0,
    manual: false,
    settings: null,
    photos,
    enhancement: null,
    result: null,
  };
}

const table = [scene('one', 1, [photo('a', 1), photo('b', 2)]), scene('two', 2, [photo('c', 3)])];

const shape = (scenes: Scene[]) =>
  scenes.map(({ id, position, photos }) => [id, position, photos.map((each) => each.id).join('')]);

describe('moving a frame', () => {
  it('into another scene keeps the order of the shoot', () => {
    expect(shape(withPhotoMoved(table, 'b', 'two'))).toEqual([
      ['one', 1, 'a'],
      ['two', 2, 'bc'],
    ]);
  });

  it('the last one ends its scene, and the others close up', () => {
    expect(shape(withPhotoMoved([...table].reverse(), 'c', 'one'))).toEqual([['one', 1, 'abc']]);
  });

  it('to a new scene puts that beside the old one', () => {
    expect(shape(withPhotoMoved(table, 'a', { id: 'new' }))).toEqual([
      ['one', 1, 'b'],
      ['new', 2, 'a'],
      ['two', 3, 'c'],
    ]);
  });

  it('that is not there changes nothing', () => {
    expect(shape(withPhotoMoved(table, 'x', 'one'))).toEqual(shape(table));
    expect(shape(withPhotoMoved(table, 'a', 'gone'))).toEqual(shape(table));
  });
});

it('hidden photos take empty scenes with them', () => {
  expect(shape(withoutPhotos(table, new Set(['c'])))).toEqual([['one', 1, 'ab']]);
});

it('arrows go along the strip from dark to bright, and between scenes', () => {
  expect(neighbour(table, 'a', 'right')?.id).toBe('b');
  expect(neighbour(table, 'b', 'right')).toBeUndefined();
  expect(neighbour(table, 'b', 'down')?.id).toBe('c');
  expect(neighbour(table, 'c', 'up')?.id).toBe('a');
});

it('a scene is called by its label or its number', () => {
  expect([
    sceneName({ position: 3, label: null }),
    sceneName({ position: 3, label: 'Kitchen' }),
  ]).toEqual(['Scene 3', 'Kitchen']);
});

it('counts the frames that stayed alone for want of data, until a person has placed them', () => {
  const lost = { ...photo('lost', 1), ungrouped: true };
  const alone = scene('a', 1, [lost]);
  const others = [scene('b', 2, [photo('known', 2)]), scene('c', 3, [lost, photo('d', 3)])];
  expect(ungroupedCount([alone, { ...alone, manual: true }, ...others])).toBe(1);
});

it('names the scenes of a bracket that was too long for one, until a person has placed them', () => {
  const part = { ...photo('part', 1), split: true };
  const scenes = [scene('a', 1, [part]), scene('b', 2, [photo('c', 2)]), scene('d', 3, [part])];
  expect(splitScenes(scenes).map(({ id }) => id)).toEqual(['a', 'd']);
  expect(splitScenes(scenes.map((each) => ({ ...each, manual: true })))).toEqual([]);
});

it('a scene has room for nine frames', () => {
  const frames = Array.from({ length: 8 }, (_, index) => photo(`p${index}`, index + 1));
  const eight = scene('a', 1, frames);
  expect([hasRoom(eight), hasRoom(eight, 2)]).toEqual([true, false]);
  expect(hasRoom({ ...eight, photos: [...frames, photo('last', 9)] })).toBe(false);
});
