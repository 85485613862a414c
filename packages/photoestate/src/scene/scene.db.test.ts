import { makeBracket } from '@repo/engine/test-pictures';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Context } from '../context.ts';
import { deletePhoto } from '../photo/delete.ts';
import { newListing, shoot } from '../testing/shoot.ts';
import { createWorld, type World } from '../testing/world.ts';
import { listScenes } from './list.ts';
import { mergeScenes } from './merge.ts';
import { movePhoto } from './move-photo.ts';
import { rateScene } from './rate.ts';
import { regroupListing } from './regroup.ts';
import { splitScene } from './split.ts';

let world: World;
let pat: Context;
beforeAll(async () => {
  world = await createWorld();
  pat = await world.person();
});
afterAll(() => world.close());

const SMALL = { width: 96, height: 64 };
const bracket = (minute: number, evs: number[] = [0, -2, 2]) =>
  makeBracket({ ...SMALL, evs, seed: minute, startAt: new Date(Date.UTC(2026, 4, 1, 10, minute)) });

async function names(listingId: string): Promise<string[][]> {
  const scenes = await listScenes(pat, { listingId });
  return scenes.map((scene) => scene.photos.map((photo) => photo.name));
}
async function ids(listingId: string): Promise<string[]> {
  return (await listScenes(pat, { listingId })).map((scene) => scene.id);
}

test('brackets become scenes in the order of the shoot, whatever the order of arrival', async () => {
  const listingId = await newListing(pat);
  const [first, second] = [await bracket(1), await bracket(2)];
  const mixed = [second[2], first[1], second[0], first[0], first[2], second[1]].filter(
    (picture) => picture !== undefined,
  );
  await shoot(world, pat, { listingId, pictures: mixed });
  expect(await names(listingId)).toEqual([
    first.map((frame) => frame.name),
    second.map((frame) => frame.name),
  ]);
});

test('a scene keeps its id while frames arrive, and regrouping again changes nothing', async () => {
  const listingId = await newListing(pat);
  const frames = await bracket(3);
  await shoot(world, pat, { listingId, pictures: frames.slice(0, 2) });
  const before = await listScenes(pat, { listingId });
  await shoot(world, pat, { listingId, pictures: frames.slice(2) });
  await Promise.all([1, 2, 3].map(() => regroupListing(world.system, listingId)));
  const after = await listScenes(pat, { listingId });
  expect(after).toHaveLength(1);
  expect(before.map((scene) => scene.id)).toContain(after[0]?.id);
  expect(after[0]?.photos).toHaveLength(3);
});

test('frames that arrive at once end in the same scene', async () => {
  const listingId = await newListing(pat);
  const frames = await bracket(4, [0, -2, 2, -4, 4]);
  await Promise.all(frames.map((frame) => shoot(world, pat, { listingId, pictures: [frame] })));
  expect(await names(listingId)).toEqual([frames.map((frame) => frame.name)]);
});

test('what a person grouped is never undone by a later upload', async () => {
  const listingId = await newListing(pat);
  const frames = await bracket(5);
  const [, moved] = await shoot(world, pat, { listingId, pictures: frames });
  const { sceneId } = await movePhoto(pat, { photoId: moved?.id ?? '', sceneId: null });
  await shoot(world, pat, { listingId, pictures: await bracket(6) });
  await regroupListing(world.system, listingId);
  const scenes = await listScenes(pat, { listingId });
  expect(scenes.map((scene) => scene.photos.length).sort()).toEqual([1, 2, 3]);
  const own = scenes.find((scene) => scene.id === sceneId);
  expect(own?.manual).toBe(true);
  expect(own?.photos.map((photo) => photo.id)).toEqual([moved?.id]);
});

test('moved back again, the emptied scene is gone', async () => {
  const listingId = await newListing(pat);
  const [, moved] = await shoot(world, pat, { listingId, pictures: await bracket(7) });
  const [home = ''] = await ids(listingId);
  await movePhoto(pat, { photoId: moved?.id ?? '', sceneId: null });
  expect(await ids(listingId)).toHaveLength(2);
  await movePhoto(pat, { photoId: moved?.id ?? '', sceneId: home });
  expect(await ids(listingId)).toEqual([home]);
});

test('split into single frames, then merged into one', async () => {
  const listingId = await newListing(pat);
  await shoot(world, pat, { listingId, pictures: await bracket(8) });
  const [home = ''] = await ids(listingId);
  const { sceneIds } = await splitScene(pat, { sceneId: home });
  expect((await names(listingId)).map((scene) => scene.length)).toEqual([1, 1, 1]);
  await regroupListing(world.system, listingId);
  expect(await ids(listingId)).toHaveLength(3);
  await mergeScenes(pat, { sceneId: home, fromSceneIds: sceneIds.slice(1) });
  expect(await ids(listingId)).toEqual([home]);
});

test('a scene takes nine frames and no more', async () => {
  const listingId = await newListing(pat);
  await shoot(world, pat, { listingId, pictures: await bracket(9, [0, -1, 1, -2, 2]) });
  await shoot(world, pat, { listingId, pictures: await bracket(20, [0, -1, 1, -2, 2]) });
  const [one = '', two = ''] = await ids(listingId);
  await expect(mergeScenes(pat, { sceneId: one, fromSceneIds: [two] })).rejects.toMatchObject({
    code: 'too_many_frames',
  });
});

test('the last frame takes its scene along', async () => {
  const listingId = await newListing(pat);
  const [only] = await shoot(world, pat, { listingId, pictures: await bracket(30, [0]) });
  await deletePhoto(pat, { photoId: only?.id ?? '' });
  expect(await ids(listingId)).toEqual([]);
});

test('moves at the same moment leave every frame in exactly one scene', async () => {
  const listingId = await newListing(pat);
  const photos = await shoot(world, pat, {
    listingId,
    pictures: await bracket(31, [0, -1, 1, -2, 2]),
  });
  await Promise.all([
    ...photos.slice(0, 3).map(({ id }) => movePhoto(pat, { photoId: id, sceneId: null })),
    regroupListing(world.system, listingId),
    shoot(world, pat, { listingId, pictures: await bracket(32, [0]) }),
  ]);
  const all = (await listScenes(pat, { listingId })).flatMap((scene) =>
    scene.photos.map((photo) => photo.id),
  );
  expect(all).toHaveLength(6);
  expect(new Set(all).size).toBe(6);
});

test('stars stay with their scene, and there are no more than five', async () => {
  const listingId = await newListing(pat);
  await shoot(world, pat, {
    listingId,
    pictures: [...(await bracket(40)), ...(await bracket(41))],
  });
  const [sceneId = ''] = await ids(listingId);
  expect(await rateScene(pat, { sceneId, rating: 4 })).toEqual({ rating: 4 });
  expect((await listScenes(pat, { listingId })).map(({ rating }) => rating)).toEqual([4, 0]);
  for (const rating of [6, -1, 2.5]) {
    await expect(rateScene(pat, { sceneId, rating })).rejects.toThrow();
  }
  await rateScene(pat, { sceneId, rating: 0 });
  expect((await listScenes(pat, { listingId })).map(({ rating }) => rating)).toEqual([0, 0]);
});
