import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Context } from '../context.ts';
import { exportCreditEntries, listCreditEntries } from '../credit/entries.ts';
import { getCredits } from '../credit/get.ts';
import { CREDIT_PLANS } from '../credit/plans.ts';
import { releaseCredits } from '../credit/release.ts';
import { reserveCredits } from '../credit/reserve.ts';
import { creditEntry } from '../credit/table.ts';
import { getCreditUsage } from '../credit/usage.ts';
import { cleanListing } from '../listing/clean.ts';
import { deleteListing } from '../listing/delete.ts';
import { requireListing } from '../listing/internal.ts';
import { photo } from '../photo/table.ts';
import { ledgerSums } from '../testing/ledger.ts';
import { addScenes, PRODUCED } from '../testing/scenes.ts';
import { newListing } from '../testing/shoot.ts';
import { createWorld, type World } from '../testing/world.ts';
import { cancelEnhancement } from './cancel.ts';
import { claimWork } from './claim.ts';
import { quoteEnhancement } from './quote.ts';
import { retryEnhancement } from './retry.ts';
import { recordFailure, recordResult } from './settle.ts';
import { enhanceScene } from './start.ts';
import { enhanceListing } from './start-listing.ts';
import { enhancement } from './table.ts';

let world: World;
let pat: Context;
let listingId: string;
let organizationId: string;

beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  pat = await world.person();
  listingId = await newListing(pat);
  organizationId = (await requireListing(pat, listingId, 'listing.read')).organizationId;
});

const START = CREDIT_PLANS.trial.credits;
async function finish(enhancementId: string, ctx: Context = world.system): Promise<void> {
  const claim = await claimWork(ctx, enhancementId);
  if (claim !== null) await recordResult(ctx, claim, PRODUCED);
}

async function balance() {
  const { available, reserved } = await getCredits(pat, { organizationId });
  return [available, reserved];
}

test('a result is paid once; other looks of the same frames are free, until the originals change', async () => {
  const [sceneId = ''] = await addScenes(pat, listingId, 1);
  expect(await balance()).toEqual([START, 0]);
  const first = await enhanceScene(pat, { sceneId });
  expect(await balance()).toEqual([START - 1, 1]);
  await finish(first.id);
  expect(await balance()).toEqual([START - 1, 0]);
  expect(await quoteEnhancement(pat, { listingId, sceneId, preset: 'bright' })).toEqual({
    ...{ scenes: 1, finished: 0, own: 0, credits: 0, available: START - 1 },
  });
  await finish((await enhanceScene(pat, { sceneId, preset: 'bright' })).id);
  expect(await balance()).toEqual([START - 1, 0]);
  // Another frame in the scene.
  const [other = ''] = await addScenes(pat, listingId, 1);
  await pat.db.update(photo).set({ sceneId }).where(eq(photo.sceneId, other));
  await enhanceScene(pat, { sceneId });
  expect(await balance()).toEqual([START - 2, 1]);
});

test('what fails or is cancelled gives its credit back, and trying again reserves one anew', async () => {
  const [sceneId = ''] = await addScenes(pat, listingId, 1);
  const { id: enhancementId } = await enhanceScene(pat, { sceneId });
  const claim = await claimWork(world.system, enhancementId);
  if (claim === null) throw new Error('nothing to claim');
  await recordFailure(world.system, claim, { code: 'frame_unreadable', reason: 'It is broken.' });
  expect(await balance()).toEqual([START, 0]);
  await retryEnhancement(pat, { enhancementId });
  expect(await balance()).toEqual([START - 1, 1]);
  await cancelEnhancement(pat, { enhancementId });
  expect(await balance()).toEqual([START, 0]);
  await retryEnhancement(pat, { enhancementId });
  // Another look takes the place of the one that is not done.
  await enhanceScene(pat, { sceneId, preset: 'luxury' });
  expect(await balance()).toEqual([START - 1, 1]);
});

test('a rejected result gives its credit back, and the next one is paid again', async () => {
  const [sceneId = ''] = await addScenes(pat, listingId, 1);
  const { id } = await enhanceScene(pat, { sceneId });
  await finish(id);
  const [row] = await pat.db.select().from(enhancement).where(eq(enhancement.id, id));
  const reference = row?.creditReference ?? '';
  await pat.db.transaction((tx) => releaseCredits(tx, pat, { organizationId, reference }));
  expect(await balance()).toEqual([START, 0]);
  expect((await getCreditUsage(pat, { organizationId })).total).toBe(0);
  await finish((await enhanceScene(pat, { sceneId, preset: 'bright' })).id);
  expect(await balance()).toEqual([START - 1, 0]);
});

test('a listing is enhanced whole or not at all, and the refusal counts', async () => {
  const items = [{ reference: 'elsewhere', sceneId: null, credits: START - 2 }];
  const input = { organizationId, userId: 'usr_a', listingId: null, items };
  await pat.db.transaction((tx) => reserveCredits(tx, pat, input));
  await addScenes(pat, listingId, 3);
  expect(await quoteEnhancement(pat, { listingId })).toEqual({
    ...{ scenes: 3, finished: 0, own: 0, credits: 3, available: 2 },
  });
  await expect(enhanceListing(pat, { listingId })).rejects.toMatchObject({
    code: 'insufficient_credits',
    message: expect.stringContaining('This needs 3 credits, and there are 2 left.'),
    details: { needed: 3, available: 2 },
  });
  expect(await pat.db.$count(enhancement, eq(enhancement.listingId, listingId))).toBe(0);
  expect(await balance()).toEqual([2, START - 2]);
});

test('a deleted listing gives back what its work held', async () => {
  await addScenes(pat, listingId, 2);
  await enhanceListing(pat, { listingId });
  expect(await balance()).toEqual([START - 2, 2]);
  await deleteListing(pat, { listingId });
  await cleanListing(world.system, { listingId });
  await cleanListing(world.system, { listingId });
  expect(await balance()).toEqual([START, 0]);
});

test('history tells who spent what on which listing; the file for spreadsheets holds no formulas', async () => {
  await addScenes(pat, listingId, 2);
  const { started } = await enhanceListing(pat, { listingId });
  for (const { id } of started) await finish(id);
  const usage = await getCreditUsage(pat, { organizationId, days: 7 });
  expect(usage).toMatchObject({
    total: 2,
    members: [{ name: 'Pat', credits: 2 }],
    listings: [{ id: listingId, address: '12 Main Street', credits: 2 }],
  });
  expect(usage.days).toHaveLength(7);
  expect(usage.days.at(-1)?.credits).toBe(2);
  const first = await listCreditEntries(pat, { organizationId, limit: 3 });
  expect(first.items.map(({ kind }) => kind)).toEqual(['settle', 'settle', 'reserve']);
  const rest = await listCreditEntries(pat, { organizationId, cursor: first.nextCursor ?? 0 });
  expect(rest.items.map(({ kind }) => kind)).toEqual(['reserve', 'grant']);
  await newListing(pat);
  await pat.db.insert(creditEntry).values({
    ...{ organizationId, kind: 'grant', reference: 'x', credits: 1, reserved: 0 },
    ...{ userId: 'system', note: '=cmd|"x"' },
  });
  const { csv, isWhole } = await exportCreditEntries(pat, { organizationId });
  expect(isWhole).toBe(true);
  expect(csv).toContain('"\'=cmd|""x"""');
});

test('history begins with what an organization was given, though nobody asked for its balance', async () => {
  const { items } = await listCreditEntries(pat, { organizationId });
  expect(items).toMatchObject([{ kind: 'grant', credits: START, member: null }]);
});

test('wherever workers are killed, each scene has one result and one debit', async () => {
  await addScenes(pat, listingId, 24);
  const { started } = await enhanceListing(pat, { listingId });
  const ids = started.map(({ id }) => id);
  const dying: Context = {
    ...world.system,
    // In the middle of the last transaction: all was written, nothing committed.
    pubsub: { ...world.system.pubsub, publish: () => Promise.reject(new Error('killed')) },
  };
  for (const [n, id] of ids.entries()) {
    // Before its claim, after it, while the result is recorded, after that; then the job comes again.
    if (n % 4 === 0) continue;
    const claim = await claimWork(world.system, id);
    if (claim === null) throw new Error('nothing to claim');
    if (n % 4 === 2) {
      await expect(recordResult(dying, claim, PRODUCED)).rejects.toThrow('killed');
    }
    if (n % 4 === 3) await recordResult(world.system, claim, PRODUCED);
  }
  const later = { ...world.system, now: () => new Date(Date.now() + 61_000) };
  await Promise.all([...ids, ...ids].map((id) => finish(id, later)));
  const done = await pat.db.select().from(enhancement).where(eq(enhancement.listingId, listingId));
  expect(done.map(({ status }) => status)).toEqual(ids.map(() => 'done'));
  expect(new Set(done.map(({ creditReference }) => creditReference)).size).toBe(24);
  const { items } = await listCreditEntries(pat, { organizationId, limit: 100 });
  expect(items.filter(({ kind }) => kind === 'settle')).toHaveLength(24);
  expect(await ledgerSums(pat.db, organizationId)).toEqual({
    ...{ available: START - 24, sumAvailable: START - 24, remaining: START - 24 },
    ...{ reserved: 0, sumReserved: 0 },
  });
});
