import { makeBracket } from '@repo/engine/test-pictures';
import { createKernel } from '@repo/foundation/http';
import { createMetrics } from '@repo/foundation/telemetry';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Context } from '../context.ts';
import type { ListingEvent } from '../live/schema.ts';
import { mountMedia } from '../media/http.ts';
import { listScenes } from '../scene/list.ts';
import { newListing, shoot } from '../testing/shoot.ts';
import { createWorld, jobRun, type World } from '../testing/world.ts';
import { sweepFiles } from '../work/sweep-files.ts';
import { cancelEnhancement } from './cancel.ts';
import { claimWork } from './claim.ts';
import { keepFirstLook } from './first-look.ts';
import { getEnhancement } from './get.ts';
import { recoverEnhancements } from './recover.ts';
import { enhanceScene } from './start.ts';
import { enhancement } from './table.ts';
import { workOnEnhancement } from './work.ts';

let world: World;
let pat: Context;
let enhancementId: string;
let events: ListingEvent[];

beforeAll(async () => {
  world = await createWorld();
  pat = await world.person();
});
afterAll(() => world.close());
beforeEach(async () => {
  const listingId = await newListing(pat);
  const pictures = await makeBracket({ width: 96, height: 64, evs: [0, -2] });
  await shoot(world, pat, { listingId, pictures });
  const [scene] = await listScenes(pat, { listingId });
  ({ id: enhancementId } = await enhanceScene(pat, { sceneId: scene?.id ?? '' }));
  events = [];
});

/** A worker's context that remembers what it announced. */
const worker = (): Context => ({
  ...world.system,
  pubsub: {
    ...world.system.pubsub,
    publish: async (_tx, _topic, event) => {
      events.push(event as ListingEvent);
    },
  },
});
const looks = async () => {
  const names: string[] = [];
  for await (const file of world.slipway.files.all()) names.push(file.name);
  return names.filter((name) => name === `${enhancementId}-first-look.jpg`).length;
};
const announced = () =>
  events.flatMap((event) => (event.type === 'enhancement' && event.firstLook ? [event] : []));
const rowOf = async () => {
  const [row] = await pat.db.select().from(enhancement).where(eq(enhancement.id, enhancementId));
  return row;
};

function status(ctx: Context, url: string): Promise<number> {
  const metrics = createMetrics('test');
  const app = createKernel({ log: ctx.log, metrics, errorDocs: 'http://x/errors' });
  mountMedia(app, async () => ctx);
  return Promise.resolve(app.request(url, {}, {})).then((response) => response.status);
}

/** As if a run had just stored its first look and then were killed. */
async function killedRun(): Promise<string> {
  const claim = await claimWork(world.system, enhancementId);
  if (claim === null) throw new Error('the work could not be claimed');
  const { id } = world.slipway.put(`${enhancementId}-first-look.jpg`, new Uint8Array([1]), {
    kind: 'result-first-look',
  });
  await pat.db
    .update(enhancement)
    .set({ firstLook: { fileId: id, width: 96, height: 64 } })
    .where(eq(enhancement.id, enhancementId));
  return id;
}

test('it is announced before the result, and gone with it', async () => {
  await workOnEnhancement(worker(), { enhancementId }, jobRun());
  const [look] = announced();
  expect(look).toMatchObject({ status: 'running', firstLook: { width: 96, height: 64 } });
  const states = events.flatMap((event) => (event.type === 'enhancement' ? [event.status] : []));
  expect(states.at(-1)).toBe('done');
  expect(events.at(-1)).not.toMatchObject({ firstLook: expect.anything() });
  expect((await getEnhancement(pat, { enhancementId })).firstLook).toBeNull();
  expect(await looks()).toBe(0);
  expect((await rowOf())?.firstLook).toBeNull();
});

test('members see it while the work runs, strangers never, and nobody afterwards', async () => {
  await killedRun();
  const { firstLook } = await getEnhancement(pat, { enhancementId });
  const url = firstLook?.url ?? '';
  expect(url).toContain(`/media/enhancements/${enhancementId}/first-look?v=`);
  expect(await status(pat, url)).toBe(302);
  expect(await status(await world.person(), url)).toBe(404);
  await cancelEnhancement(pat, { enhancementId });
  expect(await status(pat, url)).toBe(404);
  expect((await getEnhancement(pat, { enhancementId })).firstLook).toBeNull();
});

test('cancelled once it is there, it goes, and so does its file', async () => {
  const ctx = worker();
  const claim = await claimWork(ctx, enhancementId);
  if (claim === null) throw new Error('the work could not be claimed');
  const { writeFile } = await import('node:fs/promises');
  const path = `${world.system.engine.workDir}/look.jpg`;
  await writeFile(path, 'look');
  const look = keepFirstLook(ctx, claim, new AbortController().signal);
  look.show({ name: 'first-look', path, width: 96, height: 64, bytes: 4, sha256: '' });
  await look.stored();
  expect(announced()).toHaveLength(1);
  expect(await looks()).toBe(1);
  await cancelEnhancement(pat, { enhancementId });
  await look.discard();
  expect(await looks()).toBe(0);
});

test('a storage that refuses it costs nothing but the look', async () => {
  const ctx = worker();
  const upload: Context['slipway']['upload'] = (source, options) =>
    options?.name?.endsWith('first-look.jpg') === true
      ? Promise.reject(new Error('no room'))
      : world.slipway.upload(source, options);
  const slipway = { ...world.slipway, upload } as Context['slipway'];
  await workOnEnhancement({ ...ctx, slipway }, { enhancementId }, jobRun());
  expect((await getEnhancement(pat, { enhancementId })).status).toBe('done');
  expect(announced()).toEqual([]);
});

test('what a killed worker left goes when the work is queued again', async () => {
  await killedRun();
  await pat.db
    .update(enhancement)
    .set({ heartbeatAt: new Date(Date.now() - 600_000) })
    .where(eq(enhancement.id, enhancementId));
  await recoverEnhancements(world.system);
  expect(await rowOf()).toMatchObject({ status: 'queued', firstLook: null });
  expect(await looks()).toBe(0);
});

test('a run that takes over starts without the look of the dead one', async () => {
  await killedRun();
  const inAMinute = { ...world.system, now: () => new Date(Date.now() + 61_000) };
  const claim = await claimWork(inAMinute, enhancementId);
  expect(claim?.row.firstLook).toBeNull();
  expect((await rowOf())?.firstLook).toBeNull();
  expect(await looks()).toBe(0);
});

test('the sweep takes what no row names, and leaves what one does', async () => {
  const named = await killedRun();
  const lost = world.slipway.put('lost.jpg', new Uint8Array([1]), { kind: 'result-first-look' });
  const tomorrow = { ...world.system, now: () => new Date(Date.now() + 86_400_000) };
  await sweepFiles(tomorrow, {}, jobRun());
  expect(world.slipway.stored.has(named)).toBe(true);
  expect(world.slipway.stored.has(lost.id)).toBe(false);
});
