import { groupFrames } from '@repo/engine';
import { cmykJpeg, makeBracket } from '@repo/engine/test-pictures';
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

test('photos that carry no exposure data say so, as the engine sees it', async () => {
  const listingId = await newListing(pat);
  const frames = await makeBracket({ width: 96, height: 64, evs: [0, -2] });
  await shoot(world, pat, { listingId, pictures: [...frames, await cmykJpeg()] });
  const photos = await listPhotos(pat, { listingId });
  expect(photos.map(({ ungrouped }) => ungrouped)).toEqual([false, false, true]);
  const { ungrouped } = groupFrames(
    photos.map((photo) => ({
      ...photo,
      takenAt: photo.takenAt?.toISOString() ?? null,
      width: photo.width ?? 0,
      height: photo.height ?? 0,
    })),
  );
  expect(ungrouped).toEqual(photos.filter((photo) => photo.ungrouped).map(({ id }) => id));
});
