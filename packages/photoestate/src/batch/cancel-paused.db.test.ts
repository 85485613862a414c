import { notice } from '@repo/foundation/notification';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Context } from '../context.ts';
import { expireCredits } from '../credit/expire.ts';
import { getCredits } from '../credit/get.ts';
import { creditGrant } from '../credit/table.ts';
import { cancelEnhancement } from '../enhancement/cancel.ts';
import { enhanceScene } from '../enhancement/start.ts';
import { enhanceListing } from '../enhancement/start-listing.ts';
import { enhancement } from '../enhancement/table.ts';
import { claimNext } from '../enhancement/turn.ts';
import { listActivity } from '../listing/activity.ts';
import { requireListing } from '../listing/internal.ts';
import { KEPT_DAYS } from '../retention/kept.ts';
import { addScenes } from '../testing/scenes.ts';
import { newListing } from '../testing/shoot.ts';
import { createWorld, type World } from '../testing/world.ts';
import { cancelLongPaused } from './cancel-paused.ts';
import { listBatches } from './list.ts';
import { pauseBatch } from './pause.ts';
import { resumeBatch } from './resume.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const START = 100;
const DAY_MS = 86_400_000;
const begun = Date.now();
const onDay = (ctx: Context, day: number): Context => ({
  ...ctx,
  now: () => new Date(begun + day * DAY_MS),
});

async function pausedWork() {
  const pat = { ...(await world.person()), startingCredits: START };
  const listingId = await newListing(pat);
  const { organizationId } = await requireListing(pat, listingId, 'listing.read');
  const scenes = await addScenes(pat, listingId, 3);
  const { batchId } = await enhanceListing(onDay(pat, 0), { listingId });
  await pauseBatch(onDay(pat, 0), { batchId });
  const balance = async (day: number) => {
    const { available, reserved } = await getCredits(onDay(pat, day), { organizationId });
    return [available, reserved];
  };
  const sweep = (day: number) => cancelLongPaused(onDay(world.system, day));
  const batch = async () => (await listBatches(pat, { listingId }))[0];
  return { pat, listingId, organizationId, scenes, batchId, balance, sweep, batch };
}

test('pausing keeps no credits from expiring: what is held back for a month is cancelled, and it is told', async () => {
  const { pat, listingId, organizationId, batchId, balance, sweep, batch } = await pausedWork();
  await pat.db
    .update(creditGrant)
    .set({ expiresAt: new Date(begun + 10 * DAY_MS) })
    .where(eq(creditGrant.organizationId, organizationId));
  await expireCredits(onDay(world.system, 11));
  expect(await balance(11)).toEqual([0, 3]);
  // Going on for a moment puts nothing off.
  await resumeBatch(onDay(pat, 29), { batchId });
  await pauseBatch(onDay(pat, 29), { batchId });
  await sweep(29.9);
  expect(await batch()).toMatchObject({ queued: 3, cancelled: 0, endedAt: null });
  await sweep(30.1);
  await sweep(30.2);
  expect(await batch()).toMatchObject({
    ...{ queued: 0, cancelled: 3, pausedAt: null },
    ...{ cancelledAt: expect.any(Date), endedAt: expect.any(Date) },
    credits: { spent: 0, held: 0, returned: 3 },
  });
  // For some days, as whatever comes back late.
  expect(await balance(31)).toEqual([3, 0]);
  expect(await balance(38)).toEqual([0, 0]);
  const { items } = await listActivity(pat, { listingId });
  expect(items.filter(({ action }) => action === 'batch.lapsed')).toMatchObject([
    { who: null, count: 1, data: { days: KEPT_DAYS.pausedWork } },
  ]);
  const told = await pat.db
    .select()
    .from(notice)
    .where(and(eq(notice.organizationId, organizationId), eq(notice.kind, 'batch_lapsed')));
  expect(told).toMatchObject([
    { path: `/listings/${listingId}`, body: expect.stringContaining('3 credits came back') },
  ]);
});

test('what is not paused waits on, and so does what was reserved later than the rest of its batch', async () => {
  const { pat, scenes, batchId, sweep, batch, balance } = await pausedWork();
  const [first = '', late = ''] = scenes;
  await pat.db
    .update(enhancement)
    .set({ creditReference: null })
    .where(and(eq(enhancement.batchId, batchId), eq(enhancement.sceneId, first)));
  // As one that was tried again: it holds another credit than at first.
  const [given] = await pat.db.select().from(enhancement).where(eq(enhancement.sceneId, late));
  await cancelEnhancement(onDay(pat, 20), { enhancementId: given?.id ?? '' });
  await pat.db.delete(enhancement).where(eq(enhancement.id, given?.id ?? ''));
  const again = await enhanceScene(onDay(pat, 20), { sceneId: late });
  await pat.db.update(enhancement).set({ batchId }).where(eq(enhancement.id, again.id));
  await resumeBatch(onDay(pat, 25), { batchId });
  await sweep(31);
  expect(await batch()).toMatchObject({ queued: 3, pausedAt: null });
  await pauseBatch(onDay(pat, 32), { batchId });
  await sweep(33);
  expect(await batch()).toMatchObject({ queued: 2, cancelledAt: null, pausedAt: expect.any(Date) });
  expect(await balance(33)).toEqual([START - 2, 2]);
  // Free work is held back since the pause.
  await sweep(51);
  expect(await batch()).toMatchObject({ queued: 1, pausedAt: expect.any(Date) });
  await sweep(63);
  expect(await batch()).toMatchObject({ queued: 0, cancelledAt: expect.any(Date) });
});

test('what a worker has begun before the pause is finished', async () => {
  const { pat, batchId, sweep, batch } = await pausedWork();
  await resumeBatch(pat, { batchId });
  expect((await claimNext(world.system, 'enh_of_any_job'))?.row.batchId).toBe(batchId);
  await pauseBatch(pat, { batchId });
  await sweep(31);
  expect(await batch()).toMatchObject({ running: 1, cancelled: 2, endedAt: null });
});
