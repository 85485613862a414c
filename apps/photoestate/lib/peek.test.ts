import { expect, it } from 'vitest';
import { insteadOf, peekedAt, stepped } from './peek.ts';
import type { Photo, Scene } from './trpc.ts';

const photo = (id: string, ev: number) => ({ id, ev, takenAt: null, position: ev }) as Photo;
const scene = (id: string, position: number, photos: Photo[]) =>
  ({ id, position, label: null, photos }) as Scene;
const table = [
  scene('one', 1, [photo('bright', -2), photo('dark', 2)]),
  scene('two', 2, [photo('only', 0)]),
];

it('from a frame one goes along its strip and to other scenes, from a scene to the next ones', () => {
  const dark = { sceneId: 'one', photoId: 'dark' };
  expect(stepped(table, dark, 'right')).toEqual({ sceneId: 'one', photoId: 'bright' });
  expect(stepped(table, dark, 'left')).toBeUndefined();
  expect(stepped(table, dark, 'down')).toEqual({ sceneId: 'two', photoId: 'only' });
  expect(stepped(table, { sceneId: 'one' }, 'right')).toEqual({ sceneId: 'two' });
  expect(stepped(table, { sceneId: 'two' }, 'down')).toBeUndefined();
  expect(stepped(table, { sceneId: 'two' }, 'up')).toEqual({ sceneId: 'one' });
  expect(stepped(table, { sceneId: 'gone' }, 'right')).toBeUndefined();
});

it('says where it is, also of a frame that was moved, and nothing of what is gone', () => {
  const [one, two] = table;
  expect(peekedAt(table, { sceneId: 'two' })).toMatchObject({ scene: two, place: '2 of 2' });
  expect(peekedAt(table, { sceneId: 'two', photoId: 'bright' })).toMatchObject({
    ...{ scene: one, photo: { id: 'bright' }, title: 'Scene 1', place: '2 of 2' },
  });
  expect(peekedAt(table, { sceneId: 'one', photoId: 'gone' })).toBeUndefined();
  expect(peekedAt(table, { sceneId: 'gone' })).toBeUndefined();
});

it('when it went, one goes on with what took its place, or with the last one', () => {
  const [one, two] = table;
  expect(insteadOf(table, { sceneId: 'two' }, 1)).toEqual({ sceneId: 'two' });
  expect(insteadOf(two ? [two] : [], { sceneId: 'one', photoId: 'dark' }, 0)).toEqual({
    sceneId: 'two',
  });
  expect(insteadOf(one ? [one] : [], { sceneId: 'two' }, 1)).toEqual({ sceneId: 'one' });
  expect(insteadOf(table, { sceneId: 'one', photoId: 'gone' }, 0)).toEqual({ sceneId: 'one' });
  expect(insteadOf([], { sceneId: 'one' }, 0)).toBeUndefined();
});
