import { makeBracket } from '@repo/engine/test-pictures';
import { auditEntry } from '@repo/foundation/audit';
import { newId } from '@repo/foundation/ids';
import { and, eq, inArray, isNull } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Context } from '../context.ts';
import { getCredits } from '../credit/get.ts';
import { claimWork } from '../enhancement/claim.ts';
import { listEnhancements } from '../enhancement/list.ts';
import { recordResult } from '../enhancement/settle.ts';
import { enhanceScene } from '../enhancement/start.ts';
import { enhanceListing } from '../enhancement/start-listing.ts';
import { enhancement } from '../enhancement/table.ts';
import { cleanListing } from '../listing/clean.ts';
import { getListing } from '../listing/get.ts';
import { requireListing } from '../listing/internal.ts';
import { listPhotos } from '../photo/list.ts';
import { photo } from '../photo/table.ts';
import { appRouter } from '../router.ts';
import { ledgerSums } from '../testing/ledger.ts';
import { addScenes, PRODUCED } from '../testing/scenes.ts';
import { newListing, shoot } from '../testing/shoot.ts';
import { createWorld, type World } from '../testing/world.ts';
import { deleteScenes } from './delete.ts';
import { listScenes } from './list.ts';
import { mergeScenes } from './merge.ts';
import { rateScene } from './rate.ts';
import { setSceneSettings } from './set-settings.ts';
import { splitScene } from './split.ts';

let world: World;
let pat: Context;
beforeAll(async () => {
  world = await createWorld();
  pat = await world.person();
});
afterAll(() => world.close());

const shown = async (listingId: string) =>
  (await listScenes(pat, { listingId })).map(({ id, photos }) => [id, photos.length]);
const told = (action: string, ids: string[]) =>
  pat.db
    .select()
    .from(auditEntry)
    .where(and(eq(auditEntry.action, action), inArray(auditEntry.entityId, ids)));

test('scenes go together with their photos, others stay, and each is told of once', async () => {
  const listingId = await newListing(pat);
  const [one = '', two = '', three = ''] = await addScenes(pat, listingId, 3);
  await deleteScenes(pat, { listingId, sceneIds: [one, three, one] });
  expect(await shown(listingId)).toEqual([[two, 1]]);
  expect(await listPhotos(pat, { listingId })).toHaveLength(1);
  expect(await told('scene.deleted', [one, two, three])).toHaveLength(2);
  expect(world.enqueued).toContainEqual({ name: 'listing.clean', payload: { listingId } });
  await cleanListing(world.system, { listingId });
  expect(await pat.db.$count(photo, eq(photo.listingId, listingId))).toBe(1);
});

test('what came into a scene since it was seen stays, and so does what was taken out of it', async () => {
  const listingId = await newListing(pat);
  const [one = '', two = '', three = ''] = await addScenes(pat, listingId, 3);
  const photoOf = async (sceneId: string) =>
    (await listScenes(pat, { listingId })).find(({ id }) => id === sceneId)?.photos[0]?.id ?? '';
  const seen = await photoOf(one);
  const came = await photoOf(two);
  const left = await photoOf(three);
  await mergeScenes(pat, { sceneId: one, fromSceneIds: [two] });
  await deleteScenes(pat, { listingId, sceneIds: [one], photoIds: [seen, left] });
  expect(await shown(listingId)).toEqual([
    [one, 1],
    [three, 1],
  ]);
  expect(await photoOf(one)).toBe(came);
});

test('sent again under its key it is made once; a scene that is gone, or of another listing, refuses all', async () => {
  const listingId = await newListing(pat);
  const [one = '', two = ''] = await addScenes(pat, listingId, 2);
  const [elsewhere = ''] = await addScenes(pat, await newListing(pat), 1);
  const api = appRouter.createCaller({ ...pat, editKey: newId('edit') });
  const send = () => api.scene.delete({ listingId, sceneIds: [one] });
  await Promise.all([send(), send(), send()]);
  await send();
  expect(await told('scene.deleted', [one])).toHaveLength(1);
  for (const gone of [one, elsewhere, 'scn_none']) {
    const both = deleteScenes(pat, { listingId, sceneIds: [two, gone] });
    await expect(both).rejects.toMatchObject({ code: 'not_found' });
  }
  expect(await shown(listingId)).toEqual([[two, 1]]);
});

test('two who delete the same scenes at once take them away once', async () => {
  const listingId = await newListing(pat);
  const sceneIds = await addScenes(pat, listingId, 3);
  const both = [1, 2].map(() => deleteScenes(pat, { listingId, sceneIds }));
  const came = (await Promise.allSettled(both)).map(({ status }) => status).sort();
  expect(came).toEqual(['fulfilled', 'rejected']);
  expect(await told('scene.deleted', sceneIds)).toHaveLength(3);
});

test('what is under way ends and gives its credit back, what was finished stays paid; the listing says where it is', async () => {
  const owner = await world.person();
  const listingId = await newListing(owner);
  const { organizationId } = await requireListing(owner, listingId, 'listing.read');
  const balance = async () => {
    const { available, reserved } = await getCredits(owner, { organizationId });
    return [available, reserved];
  };
  const [start = 0] = await balance();
  const [running = '', queued = '', finished = '', kept = ''] = await addScenes(
    owner,
    listingId,
    4,
  );
  const sceneIds = [running, queued, finished];
  const { started } = await enhanceListing(owner, { listingId, sceneIds });
  const idOf = (sceneId: string) => started.find((each) => each.sceneId === sceneId)?.id ?? '';
  const done = await claimWork(world.system, idOf(finished));
  if (done !== null) await recordResult(world.system, done, PRODUCED);
  const late = await claimWork(world.system, idOf(running));
  if (late === null) throw new Error('nothing to claim');
  expect(await balance()).toEqual([start - 3, 2]);
  expect((await getListing(owner, { listingId })).status).toBe('processing');

  await deleteScenes(owner, { listingId, sceneIds });
  expect(await balance()).toEqual([start - 1, 0]);
  // The worker that was at it comes too late: nothing is paid, and nothing is shown.
  expect(await recordResult(world.system, late, PRODUCED)).toBe(false);
  await cleanListing(world.system, { listingId });
  expect(await balance()).toEqual([start - 1, 0]);
  expect(await pat.db.$count(enhancement, eq(enhancement.listingId, listingId))).toBe(0);
  expect((await getListing(owner, { listingId })).status).toBe('draft');
  expect((await listScenes(owner, { listingId })).map(({ id }) => id)).toEqual([kept]);
  const { available, reserved, ...sums } = await ledgerSums(owner.db, organizationId);
  expect([sums.sumAvailable, sums.sumReserved]).toEqual([available, reserved]);
});

test('a scene that is enhanced and deleted at once is either never begun, or given back', async () => {
  const owner = await world.person();
  const listingId = await newListing(owner);
  const { organizationId } = await requireListing(owner, listingId, 'listing.read');
  const sceneIds = await addScenes(owner, listingId, 6);
  const before = await getCredits(owner, { organizationId });
  await Promise.allSettled([
    ...sceneIds.map((sceneId) => enhanceScene(owner, { sceneId })),
    deleteScenes(owner, { listingId, sceneIds }),
    ...sceneIds.map((sceneId) => deleteScenes(owner, { listingId, sceneIds: [sceneId] })),
  ]);
  expect(await listScenes(owner, { listingId })).toEqual([]);
  expect(await getCredits(owner, { organizationId })).toMatchObject({
    ...{ available: before.available, reserved: 0 },
  });
  const active = and(
    eq(enhancement.listingId, listingId),
    inArray(enhancement.status, ['queued', 'running']),
  );
  expect(await pat.db.$count(enhancement, active)).toBe(0);
});

test('many scenes become one in a single step, and come back as they were in another', async () => {
  const listingId = await newListing(pat);
  for (const minute of [1, 4, 8]) {
    const startAt = new Date(Date.UTC(2026, 4, 1, 10, minute));
    const picture = { width: 96, height: 64, evs: [0, -2], seed: minute, startAt };
    await shoot(world, pat, { listingId, pictures: await makeBracket(picture) });
  }
  const before = await listScenes(pat, { listingId });
  const [one, two, three] = before;
  if (!one || !two || !three) throw new Error('expected three scenes');
  await rateScene(pat, { sceneId: three.id, rating: 4 });
  const look = { preset: 'bright' } as const;
  await setSceneSettings(pat, { listingId, sceneIds: [two.id], look });
  const { id: enhancementId } = await enhanceScene(pat, { sceneId: two.id });
  const claim = await claimWork(world.system, enhancementId);
  if (claim !== null) await recordResult(world.system, claim, PRODUCED);

  await mergeScenes(pat, { sceneId: one.id, fromSceneIds: [two.id, three.id] });
  expect(await shown(listingId)).toEqual([[one.id, 6]]);
  const parts = [two, three].map(({ photos }) => photos.map(({ id }) => id));
  const newSceneIds = [two.id, three.id];
  const inverse = { sceneId: one.id, parts, newSceneIds };
  expect((await splitScene(pat, inverse)).sceneIds).toEqual([one.id, two.id, three.id]);
  const after = await listScenes(pat, { listingId });
  const facts = (scenes: typeof before) =>
    scenes.map(({ id, photos }) => [id, photos.map((each) => each.id)]);
  expect(facts(after)).toEqual(facts(before));
  expect(
    after.map(({ rating, settings, result }) => [rating, settings?.preset, result?.id]),
  ).toEqual([
    [0, undefined, undefined],
    [0, 'bright', enhancementId],
    [4, undefined, undefined],
  ]);
  expect(await listEnhancements(pat, { sceneId: two.id })).toHaveLength(1);
});

test('parts that name a frame twice, a foreign one, or all there are, change nothing', async () => {
  const listingId = await newListing(pat);
  const pictures = await makeBracket({ width: 96, height: 64, evs: [0, -2, 2] });
  const [a, b, c] = (await shoot(world, pat, { listingId, pictures })).map(({ id }) => id);
  const [{ id: sceneId = '' } = {}] = await listScenes(pat, { listingId });
  const elsewhere = await newListing(pat);
  const [foreign] = await addScenes(pat, elsewhere, 1);
  const [{ id: other = '' } = {}] = await listPhotos(pat, { listingId: elsewhere });
  const split = (...parts: (string | undefined)[][]) =>
    splitScene(pat, { sceneId, parts: parts.map((part) => part.map((id) => id ?? '')) });
  await expect(split([a], [a, b])).rejects.toMatchObject({ code: 'conflict' });
  await expect(split([a], [b, c])).rejects.toMatchObject({ code: 'conflict' });
  await expect(split([a], [other])).rejects.toMatchObject({ code: 'not_found' });
  // A scene that is there, or of another listing, is never taken over.
  for (const taken of [sceneId, foreign ?? '']) {
    const named = splitScene(pat, { sceneId, parts: [[a ?? '']], newSceneIds: [taken] });
    await expect(named).rejects.toMatchObject({ code: 'conflict' });
  }
  expect(await shown(listingId)).toEqual([[sceneId, 3]]);
  const deleted = and(eq(photo.listingId, listingId), isNull(photo.deletedAt));
  expect(await pat.db.$count(photo, deleted)).toBe(3);
});
