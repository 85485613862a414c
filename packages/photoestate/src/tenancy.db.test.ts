import { makeBracket } from '@repo/engine/test-pictures';
import { AppError } from '@repo/foundation/errors';
import { createKernel, type HttpApp } from '@repo/foundation/http';
import { member } from '@repo/foundation/organization';
import { createMetrics } from '@repo/foundation/telemetry';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Context } from './context.ts';
import { mountLive } from './live/http.ts';
import { mountMedia } from './media/http.ts';
import { ROLE_PERMISSIONS, ROLES, type Role } from './permission.ts';
import { appRouter } from './router.ts';
import { listScenes } from './scene/list.ts';
import { deliverAndComment } from './testing/deliver.ts';
import { everyProcedure, OPEN_PROCEDURES, refusalOf, type Subject } from './testing/every-call.ts';
import { newListing, shoot } from './testing/shoot.ts';
import { createWorld, type World } from './testing/world.ts';

let world: World;
let pat: Context;

beforeAll(async () => {
  world = await createWorld();
  pat = await world.person();
});
afterAll(() => world.close());

/** A listing of Pat's with a photo, its scene, and a version that waits. */
async function subject(): Promise<Subject> {
  const listingId = await newListing(pat);
  const pictures = await makeBracket({ width: 96, height: 64, evs: [0, -2] });
  const [photo] = await shoot(world, pat, { listingId, pictures });
  const sceneId = (await listScenes(pat, { listingId }))[0]?.id ?? '';
  const { batchId, started } = await appRouter
    .createCaller(pat)
    .enhancement.startListing({ listingId });
  const enhancementId = started[0]?.id ?? '';
  const { id: previewId } = await appRouter.createCaller(pat).preview.start({ sceneId });
  const me = await appRouter.createCaller(pat).session.me();
  const organizationId = me?.organizations[0]?.id ?? '';
  const photoId = photo?.id ?? '';
  const ids = { organizationId, listingId, photoId, sceneId, enhancementId };
  const about = { ...ids, batchId, previewId };
  return { ...about, ...(await deliverAndComment(pat, { organizationId, listingId })) };
}

function userIdOf({ actor }: Context): string {
  if (actor.type !== 'user') throw new Error('a person is a user');
  return actor.userId;
}

async function personWith(role: Role, organizationId: string): Promise<Context> {
  const person = await world.person();
  await pat.db.insert(member).values({ organizationId, userId: userIdOf(person), role });
  return person;
}

test('the table knows every procedure of the router', () => {
  const nothing = { organizationId: '', listingId: '', photoId: '', sceneId: '' };
  const none = { enhancementId: '', batchId: '', previewId: '' };
  const rest = { ...none, deliveryId: '', commentId: '' };
  const known = Object.keys(everyProcedure({ ...nothing, ...rest }));
  expect([...known, ...OPEN_PROCEDURES].sort()).toEqual(
    Object.keys(appRouter._def.procedures).sort(),
  );
});

test('to a stranger nothing exists, and a visitor is asked to sign in', async () => {
  const stranger = await world.person();
  const visitor: Context = { ...stranger, actor: { type: 'anonymous' } };
  for (const [path, { input }] of Object.entries(everyProcedure(await subject()))) {
    expect(await refusalOf(stranger, path, input), path).toMatchObject({ code: 'not_found' });
    expect(await refusalOf(visitor, path, input), path).toMatchObject({ code: 'unauthenticated' });
  }
  expect((await appRouter.createCaller(stranger).listing.list({})).items).toEqual([]);
});

test.each(ROLES)(
  '%s: each procedure lets in, or names the permission that is missing',
  async (role) => {
    const about = await subject();
    const person = await personWith(role, about.organizationId);
    for (const [path, { needs, input }] of Object.entries(everyProcedure(about))) {
      const refusal = await refusalOf(person, path, input);
      if (ROLE_PERMISSIONS[role].includes(needs)) {
        const code = refusal instanceof AppError ? refusal.code : String(refusal?.message);
        expect(code, `${role} calls ${path}`).not.toMatch(/forbidden|unauthenticated/);
      } else {
        expect(refusal, `${role} calls ${path}`).toMatchObject({
          code: 'forbidden',
          details: { permission: needs },
        });
      }
    }
  },
);

test('a client sees nothing of the studio: neither lists nor pictures nor what happens', async () => {
  const about = await subject();
  const client = await personWith('client', about.organizationId);
  expect((await appRouter.createCaller(client).listing.list({})).items).toEqual([]);
  const paths = [
    `/media/photos/${about.photoId}/thumb`,
    `/media/enhancements/${about.enhancementId}/first-look`,
    `/media/previews/${about.previewId}/small`,
    `/api/listings/${about.listingId}/events`,
  ];
  const [clients, strangers] = [appOf(client), appOf(await world.person())];
  for (const path of paths) {
    expect((await clients.request(path, {}, {})).status, path).toBe(403);
    expect((await strangers.request(path, {}, {})).status, path).toBe(404);
  }
});

/** What is asked for by address instead of by procedure. */
function appOf(ctx: Context): HttpApp {
  const app = createKernel({ log: ctx.log, metrics: createMetrics('test') });
  mountMedia(app, async () => ctx);
  mountLive(app, async () => ctx);
  return app;
}

test('a member who is removed is a stranger by the next call, a changed role counts at once', async () => {
  const { organizationId, listingId } = await subject();
  const guest = await personWith('client', organizationId);
  const mine = eq(member.userId, userIdOf(guest));
  const ask = () => refusalOf(guest, 'scene.list', { listingId });
  expect(await ask()).toMatchObject({ code: 'forbidden' });
  await pat.db.update(member).set({ role: 'agent' }).where(mine);
  expect(await ask()).toBeNull();
  await pat.db.delete(member).where(mine);
  expect(await ask()).toMatchObject({ code: 'not_found' });
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
  expect(await refusalOf(pat, 'listing.get', { listingId: created.id })).toMatchObject({
    code: 'not_found',
  });
});
