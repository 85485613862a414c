import { makeBracket } from '@repo/engine/test-pictures';
import { member } from '@repo/foundation/organization';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Context } from './context.ts';
import { appRouter } from './router.ts';
import { listScenes } from './scene/list.ts';
import { newListing, shoot } from './testing/shoot.ts';
import { createWorld, type World } from './testing/world.ts';

let world: World;
let pat: Context;
let calls: Record<string, unknown>;

beforeAll(async () => {
  world = await createWorld();
  pat = await world.person();
  const listingId = await newListing(pat);
  const pictures = await makeBracket({ width: 96, height: 64, evs: [0, -2] });
  const [photo] = await shoot(world, pat, { listingId, pictures });
  const sceneId = (await listScenes(pat, { listingId }))[0]?.id ?? '';
  const started = await appRouter.createCaller(pat).enhancement.start({ sceneId });
  const me = await appRouter.createCaller(pat).session.me();
  const organizationId = me?.organizations[0]?.id ?? '';
  const photoId = photo?.id ?? '';
  const enhancementId = started.id;
  calls = {
    'organization.rename': { organizationId, name: 'Mine now' },
    'listing.get': { listingId },
    'listing.create': { organizationId, address: 'A foreign house' },
    'listing.update': { listingId, address: 'Elsewhere' },
    'photo.list': { listingId },
    'photo.move': { photoId, sceneId: null },
    'scene.list': { listingId },
    'scene.merge': { sceneId, fromSceneIds: [sceneId] },
    'scene.split': { sceneId },
    'enhancement.get': { enhancementId },
    'enhancement.listForScene': { sceneId },
    'enhancement.start': { sceneId, preset: 'bright' },
    'enhancement.startListing': { listingId, preset: 'bright' },
    'enhancement.cancel': { enhancementId },
    'enhancement.retry': { enhancementId },
    'photo.delete': { photoId },
    'listing.delete': { listingId },
  };
});
afterAll(() => world.close());

/** Reading one's own list and the looks on offer concerns nobody else. */
const OPEN = ['session.me', 'listing.list', 'enhancement.presets', 'enhancement.controls'];

async function call(ctx: Context, path: string, input: unknown): Promise<string> {
  const [group = '', name = ''] = path.split('.');
  const caller = appRouter.createCaller(ctx) as unknown as Record<
    string,
    Record<string, (input: unknown) => Promise<unknown>>
  >;
  try {
    await caller[group]?.[name]?.(input);
    return 'OK';
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
}

test('every procedure is in this table', () => {
  const known = [...Object.keys(calls), ...OPEN].sort();
  expect(Object.keys(appRouter._def.procedures).sort()).toEqual(known);
});

test('to a stranger nothing exists, and a visitor is asked to sign in', async () => {
  const stranger = await world.person();
  const visitor: Context = { ...stranger, actor: { type: 'anonymous' } };
  for (const [path, input] of Object.entries(calls)) {
    expect(await call(stranger, path, input), path).toBe('NOT_FOUND');
    expect(await call(visitor, path, input), path).toBe('UNAUTHORIZED');
  }
  expect((await appRouter.createCaller(stranger).listing.list({})).items).toEqual([]);
});

test('a member who was removed is a stranger by the next request', async () => {
  const guest = await world.person();
  const me = await appRouter.createCaller(pat).session.me();
  const organizationId = me?.organizations[0]?.id ?? '';
  const userId = guest.actor.type === 'user' ? guest.actor.userId : '';
  await pat.db.insert(member).values({ organizationId, userId, role: 'developer' });
  expect(await call(guest, 'scene.list', calls['scene.list'])).toBe('OK');
  await pat.db.delete(member).where(eq(member.userId, userId));
  expect(await call(guest, 'scene.list', calls['scene.list'])).toBe('NOT_FOUND');
});

test('fields that are not asked for change nothing', async () => {
  const stranger = await world.person();
  const forged = {
    address: 'Mine',
    status: 'delivered',
    createdBy: 'usr_x',
    deletedAt: new Date(),
  };
  const created = await appRouter.createCaller(stranger).listing.create(forged);
  expect(created.status).toBe('draft');
  expect(await call(pat, 'listing.get', { listingId: created.id })).toBe('NOT_FOUND');
});
