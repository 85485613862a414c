import { randomBytes } from 'node:crypto';
import { auditEntry } from '@repo/foundation/audit';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PhotoestateRuntime } from '../runtime.ts';
import { newListing } from '../testing/shoot.ts';
import { createWorld, type World } from '../testing/world.ts';
import { createUploads } from './handler.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const FILE = { name: 'a.jpg', size: 3, type: 'image/jpeg' };
const caller = { requestId: 'req_of_the_kernel', ip: '203.0.113.9' };

async function uploadsOf() {
  const pat = await world.person();
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
