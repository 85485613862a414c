import { makeBracket } from '@repo/engine/test-pictures';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Context } from '../context.ts';
import { cleanListing } from '../listing/clean.ts';
import { listListings } from '../listing/list.ts';
import { deletePhoto } from '../photo/delete.ts';
import { listScenes } from '../scene/list.ts';
import { mergeScenes } from '../scene/merge.ts';
import { movePhoto } from '../scene/move-photo.ts';
import type { Scene } from '../scene/schema.ts';
import { splitScene } from '../scene/split.ts';
import { newListing, shoot } from '../testing/shoot.ts';
import { createWorld, jobRun, type World } from '../testing/world.ts';
import { claimWork } from './claim.ts';
import { getEnhancement } from './get.ts';
import { listEnhancements } from './list.ts';
import { retryEnhancement } from './retry.ts';
import { recordFailure } from './settle.ts';
import { enhanceScene } from './start.ts';
import { workOnEnhancement } from './work.ts';

let world: World;
let pat: Context;
let listingId: string;
/** The kitchen has three frames, the bedroom one; both are enhanced. */
let kitchen: Scene;
let bedroom: Scene;
let kitchenResult: string;
let bedroomResult: string;

beforeAll(async () => {
  world = await createWorld();
  pat = await world.person();
});
afterAll(() => world.close());
beforeEach(async () => {
  listingId = await newListing(pat);
  for (const [minute, evs] of [[1, [0, -2, 2]] as const, [9, [0]] as const]) {
    const startAt = new Date(Date.UTC(2026, 4, 1, 10, minute));
    const picture = { width: 96, height: 64, evs: [...evs], seed: minute, startAt };
    await shoot(world, pat, { listingId, pictures: await makeBracket(picture) });
  }
  [kitchen, bedroom] = await table();
  kitchenResult = await finish(kitchen.id);
  bedroomResult = await finish(bedroom.id);
});

async function table(): Promise<[Scene, Scene]> {
  const [first, second] = await listScenes(pat, { listingId });
  if (first === undefined || second === undefined) throw new Error('expected two scenes');
  return [first, second];
}

async function finish(sceneId: string): Promise<string> {
  const { id: enhancementId } = await enhanceScene(pat, { sceneId });
  await workOnEnhancement(world.system, { enhancementId }, jobRun());
  return enhancementId;
}

/** Per scene: how many frames, and which result it shows. */
async function shown() {
  const scenes = await listScenes(pat, { listingId });
  return scenes.map(({ photos, result }) => [photos.length, result?.id, result?.outdated]);
}

const BOTH = () => [
  [3, kitchenResult, false],
  [1, bedroomResult, false],
];

test('a frame dragged in never makes its room the result, and undo brings both results back', async () => {
  const photoId = bedroom.photos[0]?.id ?? '';
  await movePhoto(pat, { photoId, sceneId: kitchen.id });
  expect(await shown()).toEqual([[4, kitchenResult, true]]);
  const versions = await listEnhancements(pat, { sceneId: kitchen.id });
  expect(versions.map(({ id }) => id)).toEqual([kitchenResult]);
  await movePhoto(pat, { photoId, sceneId: null });
  expect(await shown()).toEqual(BOTH());
});

test('merged and taken apart again, each scene shows its own result', async () => {
  await mergeScenes(pat, { sceneId: kitchen.id, fromSceneIds: [bedroom.id] });
  expect(await shown()).toEqual([[4, kitchenResult, true]]);
  await splitScene(pat, { sceneId: kitchen.id, photoIds: bedroom.photos.map(({ id }) => id) });
  expect(await shown()).toEqual(BOTH());
  const [, apart] = await table();
  const again = await getEnhancement(pat, { enhancementId: bedroomResult });
  expect(again).toMatchObject({ sceneId: apart.id, outdated: false });
});

test('merged into the smaller one, the result of most frames is shown; undone, each its own', async () => {
  await mergeScenes(pat, { sceneId: bedroom.id, fromSceneIds: [kitchen.id] });
  expect(await shown()).toEqual([[4, kitchenResult, true]]);
  await splitScene(pat, { sceneId: bedroom.id, photoIds: kitchen.photos.map(({ id }) => id) });
  expect(await shown()).toEqual(BOTH());
});

test('a result of the merged frames goes with them; the one made of exactly these frames comes first', async () => {
  await mergeScenes(pat, { sceneId: kitchen.id, fromSceneIds: [bedroom.id] });
  const merged = await finish(kitchen.id);
  expect(await shown()).toEqual([[4, merged, false]]);
  await splitScene(pat, { sceneId: kitchen.id, photoIds: bedroom.photos.map(({ id }) => id) });
  expect(await shown()).toEqual(BOTH());
});

test('split into single frames none shows the merged room; put together again it does', async () => {
  const { sceneIds } = await splitScene(pat, { sceneId: kitchen.id });
  expect((await shown()).filter(([, result]) => result === kitchenResult)).toEqual([]);
  await mergeScenes(pat, { sceneId: kitchen.id, fromSceneIds: sceneIds.slice(1) });
  expect(await shown()).toEqual(BOTH());
});

test('the list of listings counts the results that are shown', async () => {
  const summary = async () =>
    (await listListings(pat, {})).items.find((entry) => entry.id === listingId);
  expect(await summary()).toMatchObject({
    enhancedCount: 2,
    coverUrl: `/media/enhancements/${kitchenResult}/thumb`,
  });
  await mergeScenes(pat, { sceneId: bedroom.id, fromSceneIds: [kitchen.id] });
  expect(await summary()).toMatchObject({
    enhancedCount: 1,
    coverUrl: `/media/enhancements/${kitchenResult}/thumb`,
  });
});

test('cleaning keeps what undo needs; with its last photo a version goes', async () => {
  await mergeScenes(pat, { sceneId: kitchen.id, fromSceneIds: [bedroom.id] });
  const [gone] = kitchen.photos;
  await deletePhoto(pat, { photoId: gone?.id ?? '' });
  await cleanListing(world.system, { listingId });
  await splitScene(pat, { sceneId: kitchen.id, photoIds: bedroom.photos.map(({ id }) => id) });
  expect(await shown()).toEqual([
    [2, kitchenResult, true],
    [1, bedroomResult, false],
  ]);
  await deletePhoto(pat, { photoId: bedroom.photos[0]?.id ?? '' });
  const gonePhoto = getEnhancement(pat, { enhancementId: bedroomResult });
  await expect(gonePhoto).rejects.toMatchObject({ code: 'not_found' });
  await cleanListing(world.system, { listingId });
  expect(await shown()).toEqual([[2, kitchenResult, true]]);
});

test('a failure of a scene that ended and came back is tried again where its frames are', async () => {
  const { id: enhancementId } = await enhanceScene(pat, { sceneId: bedroom.id, preset: 'bright' });
  const claim = await claimWork(world.system, enhancementId);
  if (claim === null) throw new Error('expected work');
  await recordFailure(world.system, claim, { code: 'crashed', reason: 'It crashed.' });
  const photoId = bedroom.photos[0]?.id ?? '';
  await movePhoto(pat, { photoId, sceneId: kitchen.id });
  const { sceneId } = await movePhoto(pat, { photoId, sceneId: null });
  const retried = await retryEnhancement(pat, { enhancementId });
  expect(retried).toMatchObject({ sceneId, inputPhotoIds: [photoId], outdated: false });
});
