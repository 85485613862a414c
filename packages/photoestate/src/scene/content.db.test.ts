import { makeBracket, makeRoom, roomJpeg } from '@repo/engine/test-pictures';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Context } from '../context.ts';
import { enhanceScene } from '../enhancement/start.ts';
import { newListing, shoot } from '../testing/shoot.ts';
import { createWorld, type World } from '../testing/world.ts';
import { listScenes } from './list.ts';
import { movePhoto } from './move-photo.ts';

let world: World;
let pat: Context;
beforeAll(async () => {
  world = await createWorld();
  pat = await world.person();
});
afterAll(() => world.close());

const names = async (listingId: string) =>
  (await listScenes(pat, { listingId })).map((scene) => scene.photos.map((photo) => photo.name));

test('exposures without EXIF are put together by what they show, frame by frame', async () => {
  const listingId = await newListing(pat);
  const [kitchen, hall] = [makeRoom(1), makeRoom(2)];
  const pictures = await Promise.all([
    roomJpeg('a.jpg', kitchen, { ev: 0 }),
    roomJpeg('x.jpg', hall, { ev: -2 }),
    roomJpeg('b.jpg', kitchen, { ev: -2, right: 0.02 }),
    roomJpeg('y.jpg', hall, { ev: 0 }),
    roomJpeg('z.jpg', kitchen, { ev: 0, right: 0.25 }),
  ]);
  await shoot(world, pat, { listingId, pictures });
  expect(await names(listingId)).toEqual([['a.jpg', 'b.jpg'], ['x.jpg', 'y.jpg'], ['z.jpg']]);
});

test('a RAW beside its JPEG lies in the scene and is not merged, until it stands alone', async () => {
  const listingId = await newListing(pat);
  const frames = await makeBracket({ width: 96, height: 64, evs: [0, -2] });
  const raws = frames.map(({ name, bytes }) => ({ bytes, name: name.replace('.jpg', '.CR3') }));
  await shoot(world, pat, { listingId, pictures: [...raws, ...frames] });
  const [scene] = await listScenes(pat, { listingId });
  expect(scene?.photos).toHaveLength(4);
  const idOf = (name: string) => scene?.photos.find((photo) => photo.name === name)?.id ?? '';
  const { inputPhotoIds } = await enhanceScene(pat, { sceneId: scene?.id ?? '' });
  expect(inputPhotoIds).toEqual(frames.map(({ name }) => idOf(name)));
  const alone = idOf(raws[0]?.name ?? '');
  const { sceneId } = await movePhoto(pat, { photoId: alone, sceneId: null });
  expect((await enhanceScene(pat, { sceneId })).inputPhotoIds).toEqual([alone]);
});
