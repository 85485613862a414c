import { makeBracket } from '@repo/engine/test-pictures';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openContentSigner } from '../content-credentials/signer.ts';
import { makeCertificates } from '../content-credentials/testing/certificates.ts';
import type { Context } from '../context.ts';
import { cleanListing } from '../listing/clean.ts';
import { deleteListing } from '../listing/delete.ts';
import { getListing } from '../listing/get.ts';
import { listScenes } from '../scene/list.ts';
import { newListing, shoot } from '../testing/shoot.ts';
import { createWorld, jobRun, type World } from '../testing/world.ts';
import { cancelEnhancement } from './cancel.ts';
import { claimWork } from './claim.ts';
import { getEnhancement } from './get.ts';
import { listEnhancements } from './list.ts';
import { recoverEnhancements } from './recover.ts';
import { retryEnhancement } from './retry.ts';
import { enhanceScene } from './start.ts';
import { enhanceListing } from './start-listing.ts';
import { enhancement } from './table.ts';
import { workOnEnhancement } from './work.ts';

let world: World;
let pat: Context;
let listingId: string;
let sceneId: string;

beforeAll(async () => {
  world = await createWorld();
  pat = await world.person();
});
afterAll(() => world.close());
beforeEach(async () => {
  listingId = await newListing(pat);
  const pictures = await makeBracket({ width: 96, height: 64 });
  await shoot(world, pat, { listingId, pictures });
  sceneId = (await listScenes(pat, { listingId }))[0]?.id ?? '';
});

const codeOf = (code: string) => expect.objectContaining({ code });
const results = () =>
  [...world.slipway.stored.keys()].filter((id) => world.slipway.stored.has(id)).length;

test('asked for twice at once, it is started once', async () => {
  const before = world.enqueued.length;
  const outcomes = await Promise.allSettled([1, 2, 3].map(() => enhanceScene(pat, { sceneId })));
  expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') expect(outcome.reason.code).toBe('already_enhancing');
  }
  expect(world.enqueued.slice(before)).toHaveLength(1);
});

test('another look replaces the one that is not done yet', async () => {
  const first = await enhanceScene(pat, { sceneId });
  const second = await enhanceScene(pat, { sceneId, preset: 'bright' });
  expect((await getEnhancement(pat, { enhancementId: first.id })).status).toBe('cancelled');
  expect(second.status).toBe('queued');
});

test('the work leaves one result, a report and a recipe; the originals stay', async () => {
  const { id: enhancementId } = await enhanceScene(pat, { sceneId });
  expect((await getListing(pat, { listingId })).status).toBe('processing');
  await workOnEnhancement(world.system, { enhancementId }, jobRun());
  const done = await getEnhancement(pat, { enhancementId });
  expect(done).toMatchObject({ status: 'done', progress: 1, width: 96, height: 64, failure: null });
  expect(done.report).toHaveProperty('measurements');
  expect((await getListing(pat, { listingId })).status).toBe('review');
  const stored = results();
  await workOnEnhancement(world.system, { enhancementId }, jobRun());
  expect(results()).toBe(stored);
});

test('where keys are set, the photo itself says what was done, signed; once they have expired, it is stored without', async () => {
  const work = async (validTo: Date) => {
    const { id: enhancementId } = await enhanceScene(pat, { sceneId, preset: 'bright' });
    const credentials = { ...openContentSigner(makeCertificates('ES256')), validTo };
    await workOnEnhancement({ ...world.system, credentials }, { enhancementId }, jobRun());
    const [row] = await pat.db.select().from(enhancement).where(eq(enhancement.id, enhancementId));
    const bytes = Buffer.from(world.slipway.stored.get(row?.resultFileId ?? '') ?? []);
    expect(bytes.subarray(0, 2).toString('hex')).toBe('ffd8');
    const { alterations } = await getEnhancement(pat, { enhancementId });
    expect(alterations).toMatchObject({ isAltered: false, altered: [] });
    expect(alterations?.done).toContain('Brightness and contrast set');
    return bytes.includes('c2pa.claim.v2') && bytes.includes('Brightness and contrast set');
  };
  expect(await work(new Date(Date.UTC(2049, 0, 1)))).toBe(true);
  await shoot(world, pat, { listingId, pictures: await makeBracket({ width: 96, height: 64 }) });
  sceneId = (await listScenes(pat, { listingId })).at(-1)?.id ?? '';
  expect(await work(new Date(Date.UTC(2020, 0, 1)))).toBe(false);
});

test('delivered twice at the same moment, the job records one result and leaves no other files', async () => {
  const before = results();
  const { id: enhancementId } = await enhanceScene(pat, { sceneId });
  await Promise.all([1, 2].map(() => workOnEnhancement(world.system, { enhancementId }, jobRun())));
  expect((await getEnhancement(pat, { enhancementId })).status).toBe('done');
  expect(results()).toBe(before + 3);
});

test('a missing original ends the work with a reason; a storage out of reach is tried again', async () => {
  const { id: enhancementId } = await enhanceScene(pat, { sceneId });
  world.slipway.failures = 1;
  const run = workOnEnhancement(world.system, { enhancementId }, jobRun());
  await expect(run).rejects.toEqual(codeOf('storage_unavailable'));
  expect((await getEnhancement(pat, { enhancementId })).status).toBe('queued');

  // The job's last attempt is not the photo's, where others were spent on other photos.
  world.slipway.failures = 1;
  const before = world.enqueued.length;
  await workOnEnhancement(world.system, { enhancementId }, jobRun({ lastAttempt: true }));
  expect(await getEnhancement(pat, { enhancementId })).toMatchObject({
    ...{ status: 'queued', attempt: 2 },
  });
  expect(world.enqueued.slice(before)).toEqual([
    { name: 'scene.enhance', payload: { enhancementId } },
  ]);

  world.slipway.failures = 1;
  await spendAttempts(enhancementId, 4);
  await workOnEnhancement(world.system, { enhancementId }, jobRun());
  expect(await getEnhancement(pat, { enhancementId })).toMatchObject({
    status: 'failed',
    failure: { code: 'storage_unavailable', retryable: true },
  });
  expect((await getListing(pat, { listingId })).status).toBe('draft');

  const [scene] = await listScenes(pat, { listingId });
  const photoId = scene?.photos[0]?.id ?? '';
  const { fileId } = await fileOf(photoId);
  await world.slipway.files.delete(fileId);
  await retryEnhancement(pat, { enhancementId });
  await workOnEnhancement(world.system, { enhancementId }, jobRun());
  const { failure } = await getEnhancement(pat, { enhancementId });
  expect(failure).toMatchObject({ code: 'original_missing', retryable: false });
  expect(failure?.reason).toContain(scene?.photos[0]?.name);
});

async function spendAttempts(enhancementId: string, attempt: number): Promise<void> {
  const set = { attempt, waitUntil: null };
  await pat.db.update(enhancement).set(set).where(eq(enhancement.id, enhancementId));
}

async function fileOf(photoId: string): Promise<{ fileId: string }> {
  const { photo } = await import('../photo/table.ts');
  const [row] = await pat.db.select().from(photo).where(eq(photo.id, photoId));
  return { fileId: row?.fileId ?? '' };
}

test('a worker that is told to stop leaves the work to the next one', async () => {
  const { id: enhancementId } = await enhanceScene(pat, { sceneId });
  const stop = new AbortController();
  stop.abort(new Error('stopping'));
  const stopping = { ...world.system, stopping: stop.signal };
  const before = world.enqueued.length;
  await workOnEnhancement(stopping, { enhancementId }, jobRun());
  // That is no fault of the photo.
  expect(await getEnhancement(pat, { enhancementId })).toMatchObject({
    ...{ status: 'queued', attempt: 0 },
  });
  expect(world.enqueued.slice(before).map((job) => job.name)).toEqual(['scene.enhance']);
  await workOnEnhancement(world.system, { enhancementId }, jobRun());
  expect((await getEnhancement(pat, { enhancementId })).status).toBe('done');
});

test('cancelled while it runs, it stays cancelled and stores nothing', async () => {
  const before = results();
  const { id: enhancementId } = await enhanceScene(pat, { sceneId });
  const working = workOnEnhancement(world.system, { enhancementId }, jobRun());
  await cancelEnhancement(pat, { enhancementId });
  await working;
  expect((await getEnhancement(pat, { enhancementId })).status).toBe('cancelled');
  expect(results()).toBe(before);
  await expect(cancelEnhancement(pat, { enhancementId })).rejects.toEqual(codeOf('not_running'));
});

test('cancelled and tried again, two jobs wait: the second takes nothing from the run that lives', async () => {
  const { id: enhancementId } = await enhanceScene(pat, { sceneId });
  await cancelEnhancement(pat, { enhancementId });
  await retryEnhancement(pat, { enhancementId });
  const first = await claimWork(world.system, enhancementId);
  expect(first).not.toBeNull();
  const before = world.enqueued.length;
  expect(await claimWork(world.system, enhancementId)).toBeNull();
  // Were the first run dead, somebody looks again when that can be told.
  expect(world.enqueued.slice(before)).toEqual([
    { name: 'scene.enhance', payload: { enhancementId } },
  ]);
  expect((await getEnhancement(pat, { enhancementId })).attempt).toBe(1);
  const inAMinute = { ...world.system, now: () => new Date(Date.now() + 61_000) };
  expect(await claimWork(inAMinute, enhancementId)).not.toBeNull();
});

test('work that outlives its job took too long; nobody cancelled it', async () => {
  const { id: enhancementId } = await enhanceScene(pat, { sceneId });
  const signal = AbortSignal.abort(new Error('expired'));
  await spendAttempts(enhancementId, 4);
  const run = jobRun({ attempt: 4, lastAttempt: true, signal });
  await workOnEnhancement(world.system, { enhancementId }, run);
  expect(await getEnhancement(pat, { enhancementId })).toMatchObject({
    status: 'failed',
    failure: { code: 'timed_out', retryable: true },
  });
});

test('work whose worker fell silent is queued again', async () => {
  const { id: enhancementId } = await enhanceScene(pat, { sceneId });
  await pat.db
    .update(enhancement)
    .set({ status: 'running', runToken: 'gone', heartbeatAt: new Date(Date.now() - 600_000) })
    .where(eq(enhancement.id, enhancementId));
  const before = world.enqueued.length;
  await recoverEnhancements(world.system);
  expect((await getEnhancement(pat, { enhancementId })).status).toBe('queued');
  expect(world.enqueued.slice(before)).toEqual([
    { name: 'scene.enhance', payload: { enhancementId } },
  ]);
});

test('a whole listing starts what has no current result, and says so when nothing is left', async () => {
  const { started, skipped } = await enhanceListing(pat, { listingId });
  expect(started.map((entry) => entry.sceneId)).toEqual([sceneId]);
  expect(skipped).toEqual([]);
  await expect(enhanceListing(pat, { listingId })).rejects.toEqual(codeOf('nothing_to_enhance'));
  const other = await enhanceListing(pat, { listingId, preset: 'luxury' });
  expect(other.started).toHaveLength(1);
  expect(await listEnhancements(pat, { sceneId })).toHaveLength(2);
});

test('a photo that takes too much memory ends alone; one beside it is finished', async () => {
  const otherListing = await newListing(pat, '14 Main Street');
  const pictures = await makeBracket({ width: 96, height: 64, evs: [0, -2] });
  await shoot(world, pat, { listingId: otherListing, pictures });
  const other = (await listScenes(pat, { listingId: otherListing }))[0]?.id ?? '';
  const greedy = await enhanceScene(pat, { sceneId });
  const modest = await enhanceScene(pat, { sceneId: other });
  const { engine } = world.system;
  const tight = { ...world.system, engine: { ...engine, maxMemoryMb: 40 } };
  await spendAttempts(greedy.id, 1);
  await Promise.all([
    workOnEnhancement(tight, { enhancementId: greedy.id }, jobRun()),
    workOnEnhancement(world.system, { enhancementId: modest.id }, jobRun()),
  ]);
  expect(await getEnhancement(pat, { enhancementId: greedy.id })).toMatchObject({
    status: 'failed',
    failure: { code: 'out_of_memory', retryable: true },
  });
  expect((await getEnhancement(pat, { enhancementId: modest.id })).status).toBe('done');
});

test('adjustments are kept with the version, and make another version', async () => {
  const adjusted = await enhanceScene(pat, { sceneId, adjustments: { brightness: 1 } });
  expect(adjusted.adjustments).toEqual({ brightness: 1 });
  const same = enhanceScene(pat, { sceneId, adjustments: { brightness: 1, privacy: false } });
  await expect(same).rejects.toEqual(codeOf('already_enhancing'));
  const [row] = await pat.db.select().from(enhancement).where(eq(enhancement.id, adjusted.id));
  expect(row?.options).toMatchObject({ preset: 'natural', steps: { tone: {} } });
  const plain = await enhanceScene(pat, { sceneId });
  expect(plain.adjustments).toEqual({});
  expect((await getEnhancement(pat, { enhancementId: adjusted.id })).status).toBe('cancelled');
  const wrong = { brightness: 9 };
  await expect(enhanceScene(pat, { sceneId, adjustments: wrong })).rejects.toThrow();
});

test('a deleted listing takes its files along', async () => {
  const { id: enhancementId } = await enhanceScene(pat, { sceneId });
  await workOnEnhancement(world.system, { enhancementId }, jobRun());
  const others = results() - 3 - 9;
  await deleteListing(pat, { listingId });
  await expect(getListing(pat, { listingId })).rejects.toEqual(codeOf('not_found'));
  world.slipway.failures = 1;
  await expect(cleanListing(world.system, { listingId })).rejects.toThrow();
  await cleanListing(world.system, { listingId });
  await cleanListing(world.system, { listingId });
  expect(results()).toBe(others);
});
