import { makeBracket, pngBomb, textNamedJpg, truncatedJpeg } from '@repo/engine/test-pictures';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Context } from '../context.ts';
import { newListing, shoot } from '../testing/shoot.ts';
import { createWorld, jobRun, type World } from '../testing/world.ts';
import { addPhoto } from './add.ts';
import { adoptUploads } from './adopt-uploads.ts';
import { inspectPhoto } from './inspect.ts';
import { listPhotos } from './list.ts';

let world: World;
let pat: Context;
beforeAll(async () => {
  world = await createWorld();
  pat = await world.person();
});
afterAll(() => world.close());

const picture = async () => (await makeBracket({ width: 96, height: 64, evs: [0] }))[0];

test('the same file reported several times is one photo and one job', async () => {
  const listingId = await newListing(pat);
  const frame = await picture();
  const file = world.slipway.put('a.jpg', frame?.bytes ?? new Uint8Array());
  const before = world.enqueued.length;
  const added = await Promise.all([1, 2, 3, 4].map(() => addPhoto(pat, { listingId, file })));
  expect(new Set(added.map((photo) => photo.id)).size).toBe(1);
  expect(world.enqueued.slice(before)).toHaveLength(1);
  const other = await newListing(pat);
  await expect(addPhoto(pat, { listingId: other, file })).rejects.toMatchObject({
    code: 'conflict',
  });
});

test('inspection twice at once stores one thumbnail and one preview', async () => {
  const listingId = await newListing(pat);
  const frame = await picture();
  const file = world.slipway.put('b.jpg', frame?.bytes ?? new Uint8Array());
  const { id: photoId } = await addPhoto(pat, { listingId, file });
  const before = world.slipway.stored.size;
  await Promise.all([1, 2].map(() => inspectPhoto(world.system, { photoId }, jobRun())));
  expect(world.slipway.stored.size).toBe(before + 2);
  const [photo] = await listPhotos(pat, { listingId });
  expect(photo).toMatchObject({ status: 'ready', width: 96, height: 64, fNumber: 8, iso: 200 });
  expect(photo?.takenAt).toBeInstanceOf(Date);
  expect(photo?.sceneId).toMatch(/^scn_/);
});

test('hostile files are refused with a reason that names them', async () => {
  const listingId = await newListing(pat);
  const pictures = [await truncatedJpeg(), pngBomb(), textNamedJpg()];
  await shoot(world, pat, { listingId, pictures });
  const photos = await listPhotos(pat, { listingId });
  expect(photos.map((photo) => photo.refusal?.code)).toEqual([
    'truncated',
    'too_many_pixels',
    'not_an_image',
  ]);
  for (const photo of photos) {
    expect(photo.status).toBe('refused');
    expect(photo.refusal?.reason).toContain(photo.name);
    expect(photo.sceneId).toBeNull();
  }
});

test('an upload whose browser went away is taken in later', async () => {
  const listingId = await newListing(pat);
  const frame = await picture();
  world.slipway.put('late.jpg', frame?.bytes ?? new Uint8Array(), { kind: 'original', listingId });
  const gone = { kind: 'original', listingId: 'lst_gone' };
  const orphan = world.slipway.put('orphan.jpg', new Uint8Array([1]), gone);
  await adoptUploads(world.system);
  await adoptUploads(world.system);
  expect((await listPhotos(pat, { listingId })).map((photo) => photo.name)).toEqual(['late.jpg']);
  expect(world.slipway.stored.has(orphan.id)).toBe(false);
});
