import { makeBracket, makeRoom, roomJpeg } from '@repo/engine/test-pictures';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Context } from '../context.ts';
import { listPhotos } from '../photo/list.ts';
import { newListing, shoot } from '../testing/shoot.ts';
import { createWorld, type World } from '../testing/world.ts';

let world: World;
let pat: Context;
beforeAll(async () => {
  world = await createWorld();
  pat = await world.person();
});
afterAll(() => world.close());

test('photos that neither EXIF nor their picture puts anywhere say so, until they belong somewhere', async () => {
  const listingId = await newListing(pat);
  const ungrouped = async () =>
    (await listPhotos(pat, { listingId }))
      .filter((photo) => photo.ungrouped)
      .map(({ name }) => name);
  const hall = makeRoom(1);
  const clear = await Promise.all([-2, 0].map((ev) => roomJpeg(`hall${ev}.jpg`, hall, { ev })));
  const white = await roomJpeg('white.jpg', hall, { ev: 12 });
  const frames = await makeBracket({ width: 96, height: 64, evs: [0, -2] });
  await shoot(world, pat, { listingId, pictures: [white] });
  expect(await ungrouped()).toEqual(['white.jpg']);
  await shoot(world, pat, { listingId, pictures: clear });
  expect(await ungrouped()).toEqual([]);
  await shoot(world, pat, { listingId, pictures: frames });
  expect(await ungrouped()).toEqual(['white.jpg']);
});

test('frames of a bracket that one scene cannot hold say so', async () => {
  const listingId = await newListing(pat);
  const evs = [-5, -4, -3, -2, -1, 0, 1, 2, 3, 4];
  const pictures = await makeBracket({ width: 96, height: 64, evs });
  await shoot(world, pat, { listingId, pictures });
  const split = async () =>
    (await listPhotos(pat, { listingId })).filter((photo) => photo.split).length;
  expect(await split()).toBe(evs.length);
  const other = await newListing(pat);
  await shoot(world, pat, { listingId: other, pictures: pictures.slice(8) });
  expect((await listPhotos(pat, { listingId: other })).some((photo) => photo.split)).toBe(false);
});
