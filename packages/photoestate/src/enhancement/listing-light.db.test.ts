import { balanceListing, type ListingLight, lightOfScene } from '@repo/engine';
import { makeBracket } from '@repo/engine/test-pictures';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Context } from '../context.ts';
import { photo, photoFingerprint } from '../photo/table.ts';
import { listScenes } from '../scene/list.ts';
import { newListing, shoot } from '../testing/shoot.ts';
import { createWorld, jobRun, type World } from '../testing/world.ts';
import { enhanceScene } from './start.ts';
import { enhanceListing } from './start-listing.ts';
import { enhancement } from './table.ts';
import { workOnEnhancement } from './work.ts';

let world: World;
let pat: Context;

beforeAll(async () => {
  world = await createWorld();
  pat = await world.person();
});
afterAll(() => world.close());

async function shootRoom(
  listingId: string,
  { room, red }: { room: number; red: number },
): Promise<void> {
  const startAt = new Date(Date.UTC(2026, 4, 1, 10, 5 * room));
  const size = { width: 96, height: 64, evs: [0, -2] };
  const light = [red, 1, 0.7] as const;
  const pictures = await makeBracket({ ...size, startAt, light, seed: room + 1 });
  await shoot(world, pat, { listingId, pictures });
}

/** Rooms under much the same warm light, a few minutes apart. */
async function shootRooms(rooms: number): Promise<{ listingId: string; sceneIds: string[] }> {
  const listingId = await newListing(pat);
  for (let room = 0; room < rooms; room++) {
    await shootRoom(listingId, { room, red: 1.3 + 0.05 * room });
  }
  const scenes = await listScenes(pat, { listingId });
  expect(scenes).toHaveLength(rooms);
  return { listingId, sceneIds: scenes.map(({ id }) => id) };
}

interface Balance {
  steps?: { whiteBalance?: ListingLight };
}

async function askedFor(sceneId: string): Promise<Balance> {
  const [row] = await pat.db.select().from(enhancement).where(eq(enhancement.sceneId, sceneId));
  return (row?.options ?? {}) as Balance;
}

/** The lights that the inspection of a scene's photos found. */
async function measured(sceneId: string) {
  const rows = await pat.db
    .select({ light: photoFingerprint.light })
    .from(photoFingerprint)
    .innerJoin(photo, eq(photo.id, photoFingerprint.photoId))
    .where(eq(photo.sceneId, sceneId))
    .orderBy(photo.takenAt);
  return lightOfScene(rows.flatMap(({ light }) => light ?? []));
}

test('the scenes of a listing are enhanced in the light that they agree on', async () => {
  const { listingId, sceneIds } = await shootRooms(3);
  await enhanceListing(pat, { listingId, adjustments: { whiteBalance: 0.8 } });
  const lights = await Promise.all(sceneIds.map(measured));
  const expected = balanceListing(lights);
  for (const [i, sceneId] of sceneIds.entries()) {
    expect(lights[i]?.lightSigma).toBeGreaterThan(0);
    const { steps } = await askedFor(sceneId);
    expect(steps?.whiteBalance).toEqual({ strength: 0.8, ...expected[i] });
    expect(steps?.whiteBalance?.lightWeight).toBeGreaterThan(0.3);
  }
  const [id = ''] = sceneIds;
  const [row] = await pat.db.select().from(enhancement).where(eq(enhancement.sceneId, id));
  await workOnEnhancement(world.system, { enhancementId: row?.id ?? '' }, jobRun());
  const [done] = await pat.db.select().from(enhancement).where(eq(enhancement.sceneId, id));
  expect(done?.status).toBe('done');
  const { options } = (done?.recipe ?? {}) as { options?: Balance };
  expect(options?.steps?.whiteBalance).toMatchObject({ ...expected[0] });
});

test('the same photos give the same light, whichever scene is asked for first and alone', async () => {
  const [together, apart] = [await shootRooms(3), await shootRooms(3)];
  await enhanceListing(pat, { listingId: together.listingId });
  for (const sceneId of apart.sceneIds.toReversed()) await enhanceScene(pat, { sceneId });
  for (const [i, sceneId] of together.sceneIds.entries())
    expect(await askedFor(apart.sceneIds[i] ?? '')).toEqual(await askedFor(sceneId));
});

test('one scene alone keeps its own light, and so does a photo whose light was never measured', async () => {
  const { sceneIds } = await shootRooms(1);
  await enhanceScene(pat, { sceneId: sceneIds[0] ?? '' });
  expect(await askedFor(sceneIds[0] ?? '')).toEqual({ preset: 'natural' });

  const old = await shootRooms(2);
  const [first = '', second = ''] = old.sceneIds;
  const photos = await pat.db.select().from(photo).where(eq(photo.sceneId, first));
  for (const { id } of photos)
    await pat.db
      .update(photoFingerprint)
      .set({ light: null })
      .where(eq(photoFingerprint.photoId, id));
  await enhanceListing(pat, { listingId: old.listingId });
  expect(await askedFor(first)).toEqual({ preset: 'natural' });
  expect(await askedFor(second)).toEqual({ preset: 'natural' });
});

test('rooms that change the light of the listing have its scenes enhanced again, others do not', async () => {
  const { listingId, sceneIds } = await shootRooms(2);
  const enhanceAll = async () => {
    const { started, skipped } = await enhanceListing(pat, { listingId });
    expect(skipped).toEqual([]);
    return started.map(({ sceneId }) => sceneId);
  };
  expect(await enhanceAll()).toEqual(sceneIds);
  const [finished = '', waiting = ''] = sceneIds;
  const [row] = await pat.db.select().from(enhancement).where(eq(enhancement.sceneId, finished));
  await workOnEnhancement(world.system, { enhancementId: row?.id ?? '' }, jobRun());
  await expect(enhanceAll()).rejects.toMatchObject({ code: 'nothing_to_enhance' });

  // Far from theirs, such as a cellar with a lamp of its own: no peer of the two.
  await shootRoom(listingId, { room: 2, red: 0.6 });
  expect(await enhanceAll()).toEqual([await lastScene(listingId)]);

  // Near enough to theirs to count, and surer together.
  for (const room of [3, 4, 5]) await shootRoom(listingId, { room, red: 1.65 });
  const again = await enhanceAll();
  expect(again).toEqual(expect.arrayContaining(sceneIds));
  const statuses = async (sceneId: string) =>
    (
      await pat.db
        .select({ status: enhancement.status })
        .from(enhancement)
        .where(eq(enhancement.sceneId, sceneId))
        .orderBy(enhancement.createdAt)
    ).map(({ status }) => status);
  expect(await statuses(finished)).toEqual(['done', 'queued']);
  expect(await statuses(waiting)).toEqual(['cancelled', 'queued']);
  await expect(enhanceAll()).rejects.toMatchObject({ code: 'nothing_to_enhance' });
});

async function lastScene(listingId: string): Promise<string | undefined> {
  return (await listScenes(pat, { listingId })).at(-1)?.id;
}
