import { makeBracket } from '@repo/engine/test-pictures';
import { auditEntry } from '@repo/foundation/audit';
import { newId } from '@repo/foundation/ids';
import { takeAll } from '@repo/foundation/rate-limit';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Context } from '../context.ts';
import { getListing } from '../listing/get.ts';
import { appRouter } from '../router.ts';
import { listScenes } from '../scene/list.ts';
import { newListing, shoot } from '../testing/shoot.ts';
import { createWorld, type World } from '../testing/world.ts';
import { once } from './once.ts';
import { EDIT_PATHS } from './paths.ts';
import { pruneEdits } from './prune.ts';
import { editReceipt } from './table.ts';

let world: World;
let pat: Context;
let listingId: string;
let photoIds: string[];
beforeAll(async () => {
  world = await createWorld();
  pat = await world.person();
  listingId = await newListing(pat);
  const pictures = await makeBracket({ width: 96, height: 64, evs: [0, -2, 2, 4] });
  photoIds = (await shoot(world, pat, { listingId, pictures })).map(({ id }) => id);
});
afterAll(() => world.close());

const as = (ctx: Context, editKey: string) => appRouter.createCaller({ ...ctx, editKey });
interface Procedure {
  _def: { type: string };
}

const key = () => newId('edit');

async function sizes(): Promise<number[]> {
  const scenes = await listScenes(pat, { listingId });
  return scenes.map(({ photos }) => photos.length).sort();
}

test('a change that is sent five times at once, and again later, is made once', async () => {
  const [photoId = ''] = photoIds;
  const edit = as(pat, key());
  const send = () => edit.photo.move({ photoId, sceneId: null });
  const answers = await Promise.all([send(), send(), send(), send(), send()]);
  answers.push(await send());
  expect(new Set(answers.map(({ sceneId }) => sceneId)).size).toBe(1);
  expect(await sizes()).toEqual([1, 3]);
  const told = await pat.db
    .select()
    .from(auditEntry)
    .where(and(eq(auditEntry.action, 'photo.moved'), eq(auditEntry.entityId, photoId)));
  expect(told).toHaveLength(1);
});

test('an answer with dates comes back as it was', async () => {
  const edit = as(pat, key());
  const send = () => edit.listing.update({ listingId, address: '1 Once Street' });
  const first = await send();
  expect(first.createdAt).toBeInstanceOf(Date);
  expect(await send()).toEqual(first);
});

test('what is archived comes back by its undoing, and the first change, sent late, does not archive it again', async () => {
  const archive = as(pat, key());
  const send = () => archive.listing.archive({ listingIds: [listingId] });
  expect(await send()).toEqual({ listingIds: [listingId] });
  await as(pat, key()).listing.restore({ listingIds: [listingId] });
  expect(await send()).toEqual({ listingIds: [listingId] });
  expect((await getListing(pat, { listingId })).archivedAt).toBeNull();
});

test('another change under the same key is refused, and the same key of somebody else is another', async () => {
  const edit = key();
  const [photoId = '', other = ''] = photoIds;
  await as(pat, edit).photo.move({ photoId, sceneId: null });
  await expect(as(pat, edit).photo.move({ photoId: other, sceneId: null })).rejects.toMatchObject({
    code: 'CONFLICT',
  });
  const mallory = await world.person();
  await expect(as(mallory, edit).photo.move({ photoId, sceneId: null })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
});

test('a change that fails leaves nothing behind and may be tried again', async () => {
  const edit = as(pat, key());
  const photoId = photoIds[1] ?? '';
  const sceneId = newId('scn');
  const before = await sizes();
  await expect(edit.photo.move({ photoId, sceneId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(await sizes()).toEqual(before);
  await as(pat, key()).photo.move({
    photoId: photoIds[2] ?? '',
    sceneId: null,
    newSceneId: sceneId,
  });
  expect((await edit.photo.move({ photoId, sceneId })).sceneId).toBe(sceneId);
});

test('a scene is called what its page called it, and never like another', async () => {
  const [photoId = '', other = ''] = photoIds;
  const newSceneId = newId('scn');
  const edit = as(pat, key());
  expect((await edit.photo.move({ photoId: other, sceneId: null, newSceneId })).sceneId).toBe(
    newSceneId,
  );
  const again = as(pat, key()).photo.move({ photoId, sceneId: null, newSceneId });
  await expect(again).rejects.toMatchObject({ code: 'CONFLICT' });
});

test('every change of the outbox is a mutation, and nothing else has a key: secrets leave no receipt', async () => {
  // By their paths, whatever their type says.
  const procedures = appRouter._def.procedures as unknown as Record<string, Procedure | undefined>;
  for (const path of EDIT_PATHS) expect(procedures[path]?._def.type, path).toBe('mutation');
  const { organizationId } = await getListing(pat, { listingId });
  const edit = key();
  const made = as(pat, edit).apiKey.create({ organizationId, name: 'kept', scopes: ['read'] });
  await expect(made).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    message: 'Expected no Idempotency-Key: apiKey.create is not sent again.',
  });
  expect(await appRouter.createCaller(pat).apiKey.list({ organizationId })).toEqual([]);
  expect(await pat.db.select().from(editReceipt).where(eq(editReceipt.key, edit))).toEqual([]);
});

test('what a change spends of a budget is spent, also when the change fails', async () => {
  const budget = { policy: 'test', key: newId('budget'), quota: 2, windowSeconds: 3600 };
  const spend = (fails: boolean) =>
    once(pat, { key: key(), path: 'photo.move', input: null }, async (inside) => {
      const wait = await takeAll(inside, { budget, wanted: 1 });
      if (fails) throw new Error('after it was spent');
      return wait;
    });
  expect(await spend(false)).toBeNull();
  await expect(spend(true)).rejects.toThrow('after it was spent');
  expect(await spend(false)).toBeGreaterThan(0);
});

test('receipts are kept for a month', async () => {
  await pruneEdits(world.system);
  const kept = await pat.db.select().from(editReceipt);
  expect(kept.length).toBeGreaterThan(3);
  const later = new Date(Date.now() + 31 * 24 * 3_600_000);
  await pruneEdits({ ...world.system, now: () => later });
  expect(await pat.db.select().from(editReceipt)).toEqual([]);
});
