import { createHash } from 'node:crypto';
import {
  makeBracket,
  makeDng,
  pngBomb,
  quadrantsHeic,
  renderInterior,
  textNamedJpg,
  truncatedJpeg,
} from '@repo/engine/test-pictures';
import { drizzle } from 'drizzle-orm/node-postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Context } from '../context.ts';
import { newListing, shoot } from '../testing/shoot.ts';
import { createWorld, jobRun, type World } from '../testing/world.ts';
import { sweepFiles } from '../work/sweep-files.ts';
import { addPhoto } from './add.ts';
import { adoptLateUploads, adoptUploads } from './adopt-uploads.ts';
import { deletePhoto } from './delete.ts';
import { findKnownPhotos } from './find-known.ts';
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
  const regroup = { name: 'scene.regroup', payload: { listingId } };
  expect(world.enqueued.filter(({ name }) => name === regroup.name).slice(-1)).toEqual([regroup]);
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
  await adoptUploads(world.system, {}, jobRun());
  await adoptUploads(world.system, {}, jobRun());
  expect((await listPhotos(pat, { listingId })).map((photo) => photo.name)).toEqual(['late.jpg']);
  expect(world.slipway.stored.has(orphan.id)).toBe(false);
});

test('an upload that took days is taken in, and removed where its listing is gone', async () => {
  const listingId = await newListing(pat);
  const bytes = (await picture())?.bytes ?? new Uint8Array();
  const put = (days: number, metadata: { kind: string; listingId: string }) => {
    const createdAt = new Date(Date.now() - days * 24 * 60 * MINUTE).toISOString();
    return Object.assign(world.slipway.put(`${days}.jpg`, bytes, metadata), { createdAt });
  };
  const metadata = { kind: 'original', listingId };
  put(2, metadata);
  put(29, metadata);
  const orphan = put(6, { kind: 'original', listingId: 'lst_gone' });
  await adoptUploads(world.system, {}, jobRun());
  expect(await listPhotos(pat, { listingId })).toEqual([]);
  const stopped = jobRun({ signal: AbortSignal.abort(new Error('expired')) });
  await expect(adoptLateUploads(world.system, {}, stopped)).rejects.toThrow('expired');
  await adoptLateUploads(world.system, {}, jobRun());
  await adoptLateUploads(world.system, {}, jobRun());
  const names = (await listPhotos(pat, { listingId })).map(({ name }) => name).sort();
  expect(names).toEqual(['2.jpg', '29.jpg']);
  expect(world.slipway.stored.has(orphan.id)).toBe(false);
});

async function waiting(): Promise<{ listingId: string; photoId: string; name: string }> {
  const listingId = await newListing(pat);
  const file = world.slipway.put('c.jpg', (await picture())?.bytes ?? new Uint8Array());
  const { id: photoId, name } = await addPhoto(pat, { listingId, file });
  return { listingId, photoId, name };
}
const later = (ms: number): Context => ({
  ...world.system,
  now: () => new Date(Date.now() + ms),
});
const MINUTE = 60_000;

test('an inspection that fails to its last attempt refuses the photo, in words; a storage out of reach does not', async () => {
  const { listingId, photoId, name } = await waiting();
  // No folder can be made there.
  const broken: Context = { ...world.system, engine: { ...pat.engine, workDir: '/dev/null/x' } };
  await expect(inspectPhoto(broken, { photoId }, jobRun())).rejects.toThrow();
  expect((await listPhotos(pat, { listingId }))[0]?.status).toBe('uploaded');

  world.slipway.failures = 1;
  const unreachable = inspectPhoto(world.system, { photoId }, jobRun({ lastAttempt: true }));
  await expect(unreachable).rejects.toMatchObject({ code: 'storage_unavailable' });
  expect((await listPhotos(pat, { listingId }))[0]?.status).toBe('uploaded');

  await inspectPhoto(broken, { photoId }, jobRun({ attempt: 6, lastAttempt: true }));
  const [photo] = await listPhotos(pat, { listingId });
  expect(photo?.status).toBe('refused');
  expect(photo?.refusal?.reason).toContain(`“${name}” could not be read`);
});

test('an inspection whose job expires on its last attempt refuses the photo', async () => {
  const { listingId, photoId } = await waiting();
  const signal = AbortSignal.abort(new Error('expired'));
  await inspectPhoto(world.system, { photoId }, jobRun({ attempt: 6, lastAttempt: true, signal }));
  const [photo] = await listPhotos(pat, { listingId });
  expect(photo?.refusal?.code).toBe('timed_out');
});

test('a lost inspection is asked for once in half an hour, and given up after a day', async () => {
  const { listingId, photoId } = await waiting();
  const asked = () =>
    world.enqueued.filter(
      ({ name, payload }) => name === 'photo.inspect' && JSON.stringify(payload).includes(photoId),
    ).length;
  await adoptUploads(later(29 * MINUTE), {}, jobRun());
  expect(asked()).toBe(1);
  await adoptUploads(later(31 * MINUTE), {}, jobRun());
  await adoptUploads(later(33 * MINUTE), {}, jobRun());
  expect(asked()).toBe(2);
  for (let round = 2; round <= 60; round += 1)
    await adoptUploads(later(round * 32 * MINUTE), {}, jobRun());
  expect(asked()).toBe(49);
  const [photo] = await listPhotos(pat, { listingId });
  expect(photo?.refusal?.code).toBe('gave_up');
});

test('one upload that cannot be taken in does not hold up the others', async () => {
  const listingId = await newListing(pat);
  const bytes = (await picture())?.bytes ?? new Uint8Array();
  const metadata = { kind: 'original', listingId };
  world.slipway.put('x'.repeat(2_000), bytes, metadata);
  world.slipway.put('good.jpg', bytes, metadata);
  await adoptUploads(world.system, {}, jobRun());
  expect((await listPhotos(pat, { listingId })).map(({ name }) => name)).toEqual(['good.jpg']);
});

test('a file that was listed just before it was removed makes no ghost', async () => {
  const listingId = await newListing(pat);
  const metadata = { kind: 'original', listingId };
  const file = world.slipway.put('ghost.jpg', new Uint8Array([1]), metadata);
  const files = {
    ...world.slipway.files,
    async *all() {
      yield file;
      await world.slipway.files.delete(file.id);
    },
  };
  await adoptUploads({ ...world.system, slipway: { ...world.slipway, files } }, {}, jobRun());
  expect(await listPhotos(pat, { listingId })).toEqual([]);
});

test('derived files that no row names are swept after an hour, all others stay', async () => {
  const { photoId } = await waiting();
  await inspectPhoto(world.system, { photoId }, jobRun());
  const kept = new Set(world.slipway.stored.keys());
  const orphans = ['thumb', 'preview', 'result-image', 'result-preview', 'result-thumb'].map(
    (kind) => world.slipway.put('orphan', new Uint8Array([1]), { kind }).id,
  );
  await sweepFiles(later(50 * MINUTE), {}, jobRun());
  expect(orphans.every((id) => world.slipway.stored.has(id))).toBe(true);
  await sweepFiles(later(70 * MINUTE), {}, jobRun());
  expect(new Set(world.slipway.stored.keys())).toEqual(kept);
});

test('files are swept by what they say of their owner, and no longer than their job runs', async () => {
  const { photoId } = await waiting();
  await inspectPhoto(world.system, { photoId }, jobRun());
  const queries: string[] = [];
  const db = drizzle({
    client: pat.db.$client,
    logger: { logQuery: (query) => queries.push(query) },
  });
  const watched = { ...later(70 * MINUTE), db };
  const scans = () => queries.filter((query) => query.includes('"thumb_file_id" in')).length;
  await sweepFiles(later(70 * MINUTE), {}, jobRun());
  await sweepFiles(watched, {}, jobRun());
  expect([queries.length > 0, scans()]).toEqual([true, 0]);
  // Says nothing of its owner, so that all of them are looked through before it goes.
  const orphan = world.slipway.put('orphan', new Uint8Array([1]), { kind: 'thumb' });
  const stopped = jobRun({ signal: AbortSignal.abort(new Error('expired')) });
  await expect(sweepFiles(watched, {}, stopped)).rejects.toThrow('expired');
  expect(world.slipway.stored.has(orphan.id)).toBe(true);
  await sweepFiles(watched, {}, jobRun());
  expect(scans()).toBe(1);
  expect(world.slipway.stored.has(orphan.id)).toBe(false);
});

test('RAW and HEIC photos get a thumbnail and a preview that browsers can show', async () => {
  const listingId = await newListing(pat);
  const raw = makeDng(renderInterior(96, 64, 1), { name: 'DSC_0001.dng' });
  const heic = await quadrantsHeic();
  await shoot(world, pat, { listingId, pictures: [raw, heic] });
  const photos = await listPhotos(pat, { listingId });
  expect(photos.map(({ name, status }) => [name, status])).toEqual([
    [raw.name, 'ready'],
    [heic.name, 'ready'],
  ]);
  for (const { id, urls, width, height } of photos) {
    expect(urls.preview).not.toBeNull();
    expect(Math.min(width ?? 0, height ?? 0)).toBeGreaterThan(0);
    const previews: Uint8Array[] = [];
    for await (const file of world.slipway.files.all()) {
      if (file.name !== `${id}-preview.jpg`) continue;
      previews.push(world.slipway.stored.get(file.id) ?? new Uint8Array());
    }
    expect(previews.map((bytes) => [...bytes.subarray(0, 2)])).toEqual([[0xff, 0xd8]]);
  }
});

test('digests that a listing has are known; deleted, refused and foreign photos are not', async () => {
  const listingId = await newListing(pat);
  const [kept, gone] = await makeBracket({ width: 96, height: 64, evs: [0, 2] });
  const pictures = [kept, gone, textNamedJpg()].flatMap((picture) => picture ?? []);
  const photos = await shoot(world, pat, { listingId, pictures });
  await deletePhoto(pat, { photoId: photos[1]?.id ?? '' });
  const digests = pictures.map(({ bytes }) => createHash('sha256').update(bytes).digest('hex'));
  expect(await findKnownPhotos(pat, { listingId, digests })).toEqual([
    { sha256: digests[0], name: kept?.name },
  ]);
  const other = await newListing(pat);
  expect(await findKnownPhotos(pat, { listingId: other, digests })).toEqual([]);
});
