import { makeBracket } from '@repo/engine/test-pictures';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Context } from '../context.ts';
import { getCredits } from '../credit/get.ts';
import { requireListing } from '../listing/internal.ts';
import { createLook } from '../look/create.ts';
import { deleteLook } from '../look/delete.ts';
import { listLooks } from '../look/list.ts';
import { setDefaultLook } from '../look/set-default.ts';
import { updateLook } from '../look/update.ts';
import { listScenes } from '../scene/list.ts';
import { newListing, shoot } from '../testing/shoot.ts';
import { createWorld, jobRun, type World } from '../testing/world.ts';
import { sweepFiles } from '../work/sweep-files.ts';
import { getPreview } from './get.ts';
import { makePreview } from './make.ts';
import { startPreview } from './start.ts';
import { sweepPreviews } from './sweep.ts';
import { lookPreview } from './table.ts';

let world: World;
let pat: Context;
let sceneId: string;
let organizationId: string;

beforeAll(async () => {
  world = await createWorld();
  pat = await world.person();
  const listingId = await newListing(pat);
  organizationId = (await requireListing(pat, listingId, 'listing.read')).organizationId;
  const pictures = await makeBracket({ width: 96, height: 64 });
  await shoot(world, pat, { listingId, pictures });
  sceneId = (await listScenes(pat, { listingId }))[0]?.id ?? '';
});
afterAll(() => world.close());

const codeOf = (code: string) => expect.objectContaining({ code });
const count = () => pat.db.$count(lookPreview);

test('a look is shown before anything is paid; the same one is made once, and forgotten after hours', async () => {
  const look = { sceneId, preset: 'bright', adjustments: { brightness: 1 } } as const;
  const { available } = await getCredits(pat, { organizationId });
  const asked = await startPreview(pat, look);
  expect(asked).toMatchObject({ status: 'queued', url: null });
  // Named otherwise it is the same look.
  expect((await startPreview(pat, { ...look, lookName: 'Ours' })).id).toBe(asked.id);
  const stored = world.slipway.stored.size;
  await makePreview(world.system, { previewId: asked.id }, jobRun());
  await makePreview(world.system, { previewId: asked.id }, jobRun());
  expect(world.slipway.stored.size).toBe(stored + 1);
  expect(await getPreview(pat, { previewId: asked.id })).toMatchObject({
    ...{ status: 'done', width: 96, height: 64, url: `/media/previews/${asked.id}/small` },
  });
  expect((await getCredits(pat, { organizationId })).available).toBe(available);
  const later = { ...world.system, now: () => new Date(Date.now() + 2 * 3_600_000) };
  await sweepFiles(later, {}, jobRun());
  expect(world.slipway.stored.size).toBe(stored + 1);
  await sweepPreviews({ ...world.system, now: () => new Date(Date.now() + 7 * 3_600_000) });
  expect([await count(), world.slipway.stored.size]).toEqual([0, stored]);
});

test('who moves a slider gets the latest; who asks without end is refused for a while', async () => {
  const asked: string[] = [];
  for (let n = 0; n < 6; n += 1) {
    const { id } = await startPreview(pat, { sceneId, adjustments: { whiteBalance: n / 10 } });
    asked.push(id);
  }
  const statuses = await Promise.all(
    asked.map(async (previewId) => (await getPreview(pat, { previewId })).status),
  );
  expect(statuses.filter((status) => status === 'superseded')).toHaveLength(2);
  expect(statuses.at(-1)).toBe('queued');
  const ask = (n: number) =>
    startPreview(pat, { sceneId, adjustments: { whiteBalance: n / 100 + 0.005 } });
  for (let n = 0; n < 54; n += 1) await ask(n);
  await expect(ask(60)).rejects.toMatchObject({ code: 'rate_limited', retryAfter: 15 });
  const other = await world.person();
  await expect(startPreview(other, { sceneId })).rejects.toEqual(codeOf('not_found'));
  await pat.db.delete(lookPreview);
});

test('a scene whose photo is gone has no preview, and says why', async () => {
  const { id: previewId } = await startPreview(pat, { sceneId, preset: 'luxury' });
  await pat.db
    .update(lookPreview)
    .set({ inputPhotoIds: ['pho_gone'] })
    .where(eq(lookPreview.id, previewId));
  await makePreview(world.system, { previewId }, jobRun());
  expect(await getPreview(pat, { previewId })).toMatchObject({
    ...{ status: 'failed', reason: 'A photo of this scene was deleted meanwhile.' },
  });
  expect((await startPreview(pat, { sceneId, preset: 'luxury' })).status).toBe('queued');
});

test('a studio keeps looks of its own under names, and chooses which comes first', async () => {
  const labels = async () =>
    (await listLooks(pat, { organizationId })).map(
      ({ label, isDefault }) => `${label}${isDefault ? '*' : ''}`,
    );
  const ours = (await labels()).map((label) => label.replace('*', ''));
  const airy = { preset: 'bright', adjustments: { brightness: 1 } } as const;
  const { id: lookId } = await createLook(pat, { organizationId, name: 'Airy', ...airy });
  await expect(createLook(pat, { organizationId, name: 'airy', ...airy })).rejects.toEqual(
    codeOf('conflict'),
  );
  await setDefaultLook(pat, { organizationId, look: lookId });
  await updateLook(pat, { organizationId, lookId, name: 'Airy, open', adjustments: {} });
  expect(await labels()).toEqual([...ours, 'Airy, open*']);
  expect((await listLooks(pat, { organizationId })).at(-1)).toMatchObject({
    ...{ id: lookId, preset: 'bright', adjustments: {}, lookName: 'Airy, open' },
  });
  await deleteLook(pat, { organizationId, lookId });
  expect(await labels()).toEqual([`${ours[0]}*`, ...ours.slice(1)]);
  await expect(setDefaultLook(pat, { organizationId, look: lookId })).rejects.toEqual(
    codeOf('not_found'),
  );
});
