import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Context } from '../context.ts';
import { getCredits } from '../credit/get.ts';
import { type Claim, claimWork } from '../enhancement/claim.ts';
import { quoteEnhancement } from '../enhancement/quote.ts';
import { recoverEnhancements } from '../enhancement/recover.ts';
import { recordFailure, recordResult, releaseWork } from '../enhancement/settle.ts';
import { enhanceScene } from '../enhancement/start.ts';
import { enhanceListing } from '../enhancement/start-listing.ts';
import { enhancement } from '../enhancement/table.ts';
import { claimNext } from '../enhancement/turn.ts';
import { cleanListing } from '../listing/clean.ts';
import { deleteListing } from '../listing/delete.ts';
import { requireListing } from '../listing/internal.ts';
import { deletePhoto } from '../photo/delete.ts';
import { photo } from '../photo/table.ts';
import { mergeScenes } from '../scene/merge.ts';
import { setSceneSettings } from '../scene/set-settings.ts';
import { addScenes, PRODUCED } from '../testing/scenes.ts';
import { newListing } from '../testing/shoot.ts';
import { createWorld, type World } from '../testing/world.ts';
import { cancelBatch } from './cancel.ts';
import { listBatches } from './list.ts';
import { pauseBatch } from './pause.ts';
import { resumeBatch } from './resume.ts';
import { retryBatch } from './retry.ts';
import { enhanceBatch } from './table.ts';

let world: World;
let pat: Context;
let listingId: string;
let organizationId: string;

beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  // What another test left waiting is nobody's turn here.
  await world.system.db.delete(enhancement);
  world.enqueued.length = 0;
  pat = { ...(await world.person()), startingCredits: START };
  listingId = await newListing(pat);
  organizationId = (await requireListing(pat, listingId, 'listing.read')).organizationId;
});

const START = 1_000;
const codeOf = (code: string) => expect.objectContaining({ code });

/** Takes up what is next, as a worker does with whatever job it got. */
async function begin(): Promise<Claim> {
  const claim = await claimNext(world.system, 'enh_of_any_job');
  if (claim === null) throw new Error('nothing waits');
  return claim;
}
async function beginAll(count: number): Promise<string[]> {
  const listings: string[] = [];
  for (let n = 0; n < count; n += 1) listings.push((await begin()).row.listingId);
  return listings;
}
const balance = async () => {
  const { available, reserved } = await getCredits(pat, { organizationId });
  return [available, reserved];
};
const theBatch = async () => {
  const [batch] = await listBatches(pat, { listingId });
  if (batch === undefined) throw new Error('there is no batch');
  return batch;
};

test('a shoot of a hundred scenes keeps nobody waiting: organizations take turns, and listings within them', async () => {
  await addScenes(pat, listingId, 100);
  await enhanceListing(pat, { listingId });
  expect(await beginAll(3)).toEqual([listingId, listingId, listingId]);
  const kim = await world.person();
  const small = await newListing(kim, '1 Small Street');
  await addScenes(kim, small, 1);
  await enhanceListing(kim, { listingId: small });
  const second = await newListing(pat, '2 Second Street');
  await addScenes(pat, second, 2);
  await enhanceListing(pat, { listingId: second });
  // First who was never served; then the listing that was not, then by turns.
  expect(await beginAll(6)).toEqual([small, second, listingId, second, listingId, listingId]);
});

test('what is asked for by itself comes before the batch of its listing', async () => {
  await addScenes(pat, listingId, 5);
  await enhanceListing(pat, { listingId });
  const [alone = ''] = await addScenes(pat, listingId, 1);
  const { id } = await enhanceScene(pat, { sceneId: alone });
  expect((await begin()).row.id).toBe(id);
});

test('two workers never take up the same photo, and each photo is taken up', async () => {
  await addScenes(pat, listingId, 12);
  await enhanceListing(pat, { listingId });
  const claims = await Promise.all(
    Array.from({ length: 12 }, () => claimNext(world.system, 'enh_of_any_job')),
  );
  expect(new Set(claims.map((claim) => claim?.row.id)).size).toBe(12);
  expect(await claimNext(world.system, 'enh_of_any_job')).toBeNull();
});

test('a photo whose worker was killed is taken up by the job that was made for it, though others wait', async () => {
  await addScenes(pat, listingId, 2);
  await enhanceListing(pat, { listingId });
  const killed = await begin();
  const later = (ms: number) => ({ ...world.system, now: () => new Date(Date.now() + ms) });
  world.enqueued.length = 0;
  // The queue brings its job again before anybody can be certain: that one takes the other photo.
  expect((await claimNext(later(20_000), killed.row.id))?.row.id).not.toBe(killed.row.id);
  expect(world.enqueued).toEqual([
    { name: 'scene.enhance', payload: { enhancementId: killed.row.id } },
  ]);
  expect((await claimNext(later(61_000), killed.row.id))?.row.id).toBe(killed.row.id);
});

test('what is to be tried again waits for its time and keeps nobody else waiting', async () => {
  await addScenes(pat, listingId, 2);
  await enhanceListing(pat, { listingId });
  const first = await begin();
  await releaseWork(world.system, first, { step: 'Trying again', newJob: false, waitSeconds: 30 });
  expect((await begin()).row.id).not.toBe(first.row.id);
  world.enqueued.length = 0;
  expect(await claimNext(world.system, first.row.id)).toBeNull();
  expect(world.enqueued).toHaveLength(1);
  const later = { ...world.system, now: () => new Date(Date.now() + 31_000) };
  expect((await claimNext(later, first.row.id))?.row.id).toBe(first.row.id);
});

test('where the queue stands still while photos wait, it is told of them again; paused ones wait on', async () => {
  await addScenes(pat, listingId, 2);
  const { batchId } = await enhanceListing(pat, { listingId });
  const recover = async (ms: number) => {
    world.enqueued.length = 0;
    await recoverEnhancements({ ...world.system, now: () => new Date(Date.now() + ms) });
    return world.enqueued.length;
  };
  expect(await recover(0)).toBe(0);
  expect(await recover(180_000)).toBe(2);
  await pauseBatch(pat, { batchId });
  expect(await recover(180_000)).toBe(0);
});

test('a selection is priced, started, paused, resumed and cancelled as one, and tells what came back', async () => {
  const scenes = await addScenes(pat, listingId, 5);
  const sceneIds = scenes.slice(0, 4);
  expect(await quoteEnhancement(pat, { listingId, sceneIds })).toEqual({
    ...{ scenes: 4, finished: 0, own: 0, credits: 4, available: START },
  });
  const { batchId, started } = await enhanceListing(pat, { listingId, sceneIds });
  expect(started.map(({ sceneId }) => sceneId).sort()).toEqual([...sceneIds].sort());
  await recordResult(world.system, await begin(), PRODUCED);
  const running = await begin();
  await pauseBatch(pat, { batchId });
  await pauseBatch(pat, { batchId });
  expect(await claimNext(world.system, started[3]?.id ?? '')).toBeNull();
  expect(await claimWork(world.system, started[3]?.id ?? '')).toBeNull();
  await recordFailure(world.system, running, { code: 'damaged', reason: 'It is damaged.' });
  expect(await theBatch()).toMatchObject({
    ...{ id: batchId, total: 4, queued: 2, done: 1, failed: 1, progress: 0.5, endedAt: null },
    pausedAt: expect.any(Date),
    credits: { spent: 1, held: 2, returned: 1 },
    failures: [{ sceneId: running.row.sceneId, reason: 'It is damaged.', retryable: false }],
  });
  world.enqueued.length = 0;
  await resumeBatch(pat, { batchId });
  expect(world.enqueued).toHaveLength(2);
  await recordResult(world.system, await begin(), PRODUCED);
  expect(await cancelBatch(pat, { batchId })).toEqual({ cancelled: 1 });
  expect(await theBatch()).toMatchObject({
    ...{ done: 2, failed: 1, cancelled: 1, progress: 1, endedAt: expect.any(Date) },
    credits: { spent: 2, held: 0, returned: 2 },
  });
  expect(await balance()).toEqual([START - 2, 0]);
  await expect(cancelBatch(pat, { batchId })).rejects.toEqual(codeOf('not_running'));
  await expect(pauseBatch(pat, { batchId })).rejects.toEqual(codeOf('not_running'));
});

test('all that failed is tried again at once, but for scenes that are at work', async () => {
  const [one = '', two = ''] = await addScenes(pat, listingId, 2);
  const { batchId } = await enhanceListing(pat, { listingId });
  for (const claim of [await begin(), await begin()]) {
    await recordFailure(world.system, claim, { code: 'crashed', reason: 'It crashed.' });
  }
  expect(await theBatch()).toMatchObject({ failed: 2, endedAt: expect.any(Date) });
  await enhanceScene(pat, { sceneId: two, preset: 'bright' });
  expect(await retryBatch(pat, { batchId })).toMatchObject({
    retried: 1,
    skipped: [{ sceneId: two, code: 'already_enhancing' }],
  });
  expect(await theBatch()).toMatchObject({ queued: 1, failed: 1, endedAt: null });
  expect(await balance()).toEqual([START - 2, 2]);
  const [row] = await pat.db.select().from(enhancement).where(eq(enhancement.sceneId, one));
  expect(row).toMatchObject({ status: 'queued', batchId });
});

test('what ended while it was paused begins again when it is tried again', async () => {
  await addScenes(pat, listingId, 1);
  const { batchId } = await enhanceListing(pat, { listingId });
  const fail = async () =>
    recordFailure(world.system, await begin(), { code: 'crashed', reason: 'It crashed.' });
  const running = await begin();
  await pauseBatch(pat, { batchId });
  await recordFailure(world.system, running, { code: 'crashed', reason: 'It crashed.' });
  expect(await theBatch()).toMatchObject({ endedAt: expect.any(Date), pausedAt: null });
  await retryBatch(pat, { batchId });
  await fail();
  // As earlier versions left it.
  await pat.db.update(enhanceBatch).set({ pausedAt: new Date() });
  await retryBatch(pat, { batchId });
  expect(await theBatch()).toMatchObject({ queued: 1, pausedAt: null });
  await fail();
});

test('two that failed and became one scene since are tried again once', async () => {
  const [one = '', two = '', three = '', other = ''] = await addScenes(pat, listingId, 4);
  await mergeScenes(pat, { sceneId: one, fromSceneIds: [two, three] });
  const { batchId } = await enhanceListing(pat, { listingId });
  for (const claim of [await begin(), await begin()]) {
    await recordFailure(world.system, claim, { code: 'crashed', reason: 'It crashed.' });
  }
  await mergeScenes(pat, { sceneId: other, fromSceneIds: [one] });
  expect(await retryBatch(pat, { batchId })).toMatchObject({
    retried: 1,
    skipped: [{ sceneId: other, code: 'already_enhancing' }],
  });
  expect(await balance()).toEqual([START - 1, 1]);
});

test('a listing that is deleted takes up nothing more, and its credits are back at once', async () => {
  await addScenes(pat, listingId, 2);
  const { started } = await enhanceListing(pat, { listingId });
  const running = await begin();
  await deleteListing(pat, { listingId });
  expect(await balance()).toEqual([START, 0]);
  expect(await recordResult(world.system, running, PRODUCED).catch(() => false)).toBe(false);
  // Whatever a row says.
  await pat.db.update(enhancement).set({ status: 'queued' });
  expect(await claimNext(world.system, 'enh_of_any_job')).toBeNull();
  expect(await claimWork(world.system, started[0]?.id ?? '')).toBeNull();
});

test('work that loses its last photo to somebody’s deleting ends, with its batch and its listing', async () => {
  const [sceneId = ''] = await addScenes(pat, listingId, 1);
  const { batchId } = await enhanceListing(pat, { listingId });
  await pauseBatch(pat, { batchId });
  const [frame] = await pat.db.select().from(photo).where(eq(photo.sceneId, sceneId));
  await mergeScenes(pat, { sceneId, fromSceneIds: await addScenes(pat, listingId, 1) });
  await deletePhoto(pat, { photoId: frame?.id ?? '' });
  expect(await theBatch()).toMatchObject({ queued: 1, endedAt: null });
  await cleanListing(world.system, { listingId });
  expect(await theBatch()).toMatchObject({ queued: 0, endedAt: expect.any(Date) });
  expect(await requireListing(pat, listingId, 'listing.read')).toMatchObject({ status: 'draft' });
  expect(await balance()).toEqual([START, 0]);
});

test('scenes keep settings of their own in a batch, unless all are to look the same', async () => {
  const [own = '', other = ''] = await addScenes(pat, listingId, 2);
  const look = { preset: 'luxury', adjustments: { brightness: 1 }, lookName: 'Evening' } as const;
  await setSceneSettings(pat, { listingId, sceneIds: [own], look });
  await expect(
    setSceneSettings(pat, { listingId, sceneIds: ['scn_elsewhere'], look }),
  ).rejects.toEqual(codeOf('not_found'));
  expect(await quoteEnhancement(pat, { listingId })).toMatchObject({ scenes: 2, own: 1 });
  const { started } = await enhanceListing(pat, { listingId });
  expect(started.find(({ sceneId }) => sceneId === own)).toMatchObject(look);
  expect(started.find(({ sceneId }) => sceneId === other)).toMatchObject({
    ...{ preset: 'natural', adjustments: {}, lookName: null },
  });
  const all = await enhanceListing(pat, { listingId, preset: 'bright', ownSettings: false });
  expect(all.started.map(({ preset }) => preset)).toEqual(['bright', 'bright']);
});
