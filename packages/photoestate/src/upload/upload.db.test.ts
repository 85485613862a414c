import { randomBytes } from 'node:crypto';
import { auditEntry } from '@repo/foundation/audit';
import { member } from '@repo/foundation/organization';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Context } from '../context.ts';
import { type Permission, ROLE_PERMISSIONS, ROLES } from '../permission.ts';
import { photo } from '../photo/table.ts';
import type { PhotoestateRuntime } from '../runtime.ts';
import { organizationOf } from '../testing/api.ts';
import { newListing } from '../testing/shoot.ts';
import { personWith } from '../testing/subject.ts';
import { createWorld, userIdOf, type World } from '../testing/world.ts';
import { createUploads } from './handler.ts';
import { createUploadRoutes } from './routes.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const FILE = { name: 'a.jpg', size: 3, type: 'image/jpeg' };
const caller = { requestId: 'req_of_the_kernel', ip: '203.0.113.9' };

async function uploadsOf(person?: Context) {
  const pat = person ?? (await world.person());
  const { actor, log } = pat;
  const { slipway } = world;
  const uploads = {
    create: async ({ name, metadata }: { name: string; metadata?: Record<string, string> }) => {
      const { id } = slipway.put(name, new Uint8Array([1, 2, 3]), metadata);
      return { id, url: 'http://slipway.test/put', method: 'PUT', headers: {}, expiresAt: '' };
    },
    complete: ({ id }: { id: string }) => slipway.files.get(id),
    reportRefusals: async () => ({ noted: 0 }),
  };
  // What the upload handler takes of a runtime, and no more.
  const runtime = {
    env: {
      PHOTOESTATE_SECRET: randomBytes(24).toString('hex'),
      PHOTOESTATE_URL: 'http://photoestate.test',
    },
    slipway: Object.assign(slipway, { uploads }),
    log,
    auth: { getSession: async () => (actor.type === 'user' ? actor : null) },
    context: (input: object) => ({ ...pat, ...input }),
  } as unknown as PhotoestateRuntime;
  const handle = createUploads(runtime);
  const post = async (body: object) => {
    const request = new Request('http://photoestate.test/api/uploads', {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'http://photoestate.test' },
      body: JSON.stringify({ route: 'listingPhotos', ...body }),
    });
    const response = await handle(request, caller);
    return { status: response.status, body: await response.json() };
  };
  return { pat, post };
}

test('an upload is recorded with the request and the address that it came from', async () => {
  const { pat, post } = await uploadsOf();
  const listingId = await newListing(pat);
  const asked = await post({ action: 'request', files: [FILE], input: { listingId } });
  const done = await post({ action: 'complete', token: asked.body.files[0].token });
  expect(done.status).toBe(200);
  const { photoId } = done.body.serverData;
  const [entry] = await pat.db.select().from(auditEntry).where(eq(auditEntry.entityId, photoId));
  expect(entry).toMatchObject({ action: 'photo.added', ...caller });
});

test('an error tells the browser the id that the logs know', async () => {
  const { post } = await uploadsOf();
  const input = { listingId: 'lst_of_somebody_else' };
  const { status, body } = await post({ action: 'request', files: [FILE], input });
  expect(status).toBe(404);
  expect(body.error).toMatchObject({ code: 'upload_rejected', requestId: caller.requestId });
});

test.each([
  ['IMG_1.HEIC', 'image/heic'],
  ['a.cr2', 'image/x-canon-cr2'],
  ['a.cr3', 'image/x-canon-cr3'],
  ['a.nef', 'image/x-nikon-nef'],
  ['a.ARW', 'image/x-sony-arw'],
  ['a.dng', 'image/x-adobe-dng'],
  ['a.raf', 'image/x-fuji-raf'],
])('%s is taken, whether the browser knows its type or not', async (name, type) => {
  const { pat, post } = await uploadsOf();
  const input = { listingId: await newListing(pat) };
  for (const known of [type, '']) {
    const files = [{ name, size: 3, type: known }];
    const { status, body } = await post({ action: 'request', files, input });
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body.files[0].token, JSON.stringify(body)).toEqual(expect.any(String));
  }
});

test('what the engine cannot read is refused before it is sent', async () => {
  const { pat, post } = await uploadsOf();
  const input = { listingId: await newListing(pat) };
  const files = [{ name: 'a.gif', size: 3, type: 'image/gif' }];
  const { body } = await post({ action: 'request', files, input });
  expect(JSON.stringify(body)).toContain('file_type_not_allowed');
});

/** Every route of `/api/uploads`; null for what everybody has who is signed in. */
const UPLOAD_ROUTES: Record<string, Permission | null> = {
  listingPhotos: 'photo.upload',
  organizationLogo: 'organization.manage',
  profilePicture: null,
};

test('each upload route asks for its permission; to strangers there is no such listing or organization', async () => {
  const nothing = {} as PhotoestateRuntime;
  const known = createUploadRoutes(nothing, () => caller);
  expect(Object.keys(known).sort()).toEqual(Object.keys(UPLOAD_ROUTES));
  const owner = await world.person();
  const organizationId = await organizationOf(owner);
  const input = { listingId: await newListing(owner), organizationId };
  const people = await Promise.all(
    ROLES.map(async (role) => ({ role, ctx: await personWith(world, role, organizationId) })),
  );
  const elsewhere = await organizationOf(await world.person());
  const strangers = await Promise.all(ROLES.map((role) => personWith(world, role, elsewhere)));
  for (const [route, needs] of Object.entries(UPLOAD_ROUTES)) {
    const ask = async (ctx: Context) =>
      (await (await uploadsOf(ctx)).post({ route, action: 'request', files: [FILE], input }))
        .status;
    for (const { role, ctx } of people) {
      const may = needs === null || ROLE_PERMISSIONS[role].includes(needs);
      expect(await ask(ctx), `${role} ${route}`).toBe(may ? 200 : 403);
    }
    for (const ctx of strangers) expect(await ask(ctx), route).toBe(needs === null ? 200 : 404);
    const visitor: Context = { ...owner, actor: { type: 'anonymous' } };
    expect(await ask(visitor), route).toBe(401);
  }
});

test('who is removed between asking and sending adds nothing', async () => {
  const owner = await world.person();
  const agent = await personWith(world, 'agent', await organizationOf(owner));
  const listingId = await newListing(owner);
  const { post } = await uploadsOf(agent);
  const asked = await post({ action: 'request', files: [FILE], input: { listingId } });
  await owner.db.delete(member).where(eq(member.userId, userIdOf(agent)));
  const done = await post({ action: 'complete', token: asked.body.files[0].token });
  expect(done.status).not.toBe(200);
  expect(await owner.db.$count(photo, eq(photo.listingId, listingId))).toBe(0);
});
