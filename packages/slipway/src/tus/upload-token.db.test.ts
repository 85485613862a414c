import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { apiKey } from '../api-key/table.ts';
import { file } from '../file/table.ts';
import { uploadTokenUse } from './table.ts';
import { createTusClient } from './testing/client.ts';
import { startTusWorld, type TusWorld } from './testing/world.ts';
import { forgetTokens } from './upload-token.ts';

let world: TusWorld;

beforeAll(async () => {
  world = await startTusWorld();
});

afterAll(() => world.close());

const NOTE = { filename: 'note.txt', filetype: 'text/plain' };
const TEXT = Buffer.from('a note');

async function ask(key: string, limits: object = {}): Promise<Response> {
  return fetch(`${world.url}/api/upload-token`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(limits),
  });
}

async function tokenClient(key: string, limits: object = {}) {
  const response = await ask(key, limits);
  expect(response.status).toBe(201);
  const { token, endpoint } = (await response.json()) as { token: string; endpoint: string };
  expect(token).toMatch(/^ut_/);
  expect(new URL(endpoint).pathname).toBe('/tus');
  return { ...createTusClient(world.url, token), token };
}

async function fileOf(headers: Headers) {
  const [row] = await world.runtime.db
    .select()
    .from(file)
    .where(eq(file.id, headers.get('slipway-file-id') ?? ''));
  return row;
}

test('a token creates uploads in its project, and what the server said of them stands', async () => {
  const { id, key } = await world.project();
  const browser = await tokenClient(key, { metadata: { userId: 7 }, customId: 'avatar-7' });
  const metadata = { ...NOTE, userId: '1', customId: 'avatar-1' };
  const { headers, status } = await browser.create({ length: TEXT.length, metadata, body: TEXT });
  expect(status).toBe(201);
  expect(await fileOf(headers)).toMatchObject({
    projectId: id,
    status: 'ready',
    name: 'note.txt',
    customId: 'avatar-7',
    metadata: { userId: 7 },
  });
});

test('its limits hold beside the project’s, also for a length that is said later', async () => {
  const { key } = await world.project({ maxSize: 1000, allowedTypes: ['text/*', 'image/*'] });
  const browser = await tokenClient(key, { maxSize: 100, allowedTypes: ['text/plain'] });
  const create = (length: number, filetype: string) =>
    browser.create({ length, metadata: { filename: 'a', filetype } });
  expect(await create(101, 'text/plain')).toMatchObject({ status: 413, code: 'file_too_large' });
  expect((await create(5, 'image/png')).code).toBe('file_type_not_allowed');
  expect((await create(100, 'text/plain')).status).toBe(201);
  const deferred = await browser.create({
    metadata: NOTE,
    headers: { 'upload-defer-length': '1' },
  });
  expect((await browser.patch([deferred.url, 0], randomBytes(101))).status).toBe(413);
  const said = { 'upload-length': '101' };
  expect((await browser.patch([deferred.url, 0], new Uint8Array(), said)).status).toBe(413);
  const wide = await tokenClient(key, { maxSize: 5000 });
  expect((await wide.create({ length: 1001, metadata: NOTE })).code).toBe('file_too_large');
});

test('the rules that it carries hold, also for a length that is said later', async () => {
  const { key } = await world.project();
  const rules = { maxSize: 100, minSize: 10, allowedTypes: ['text/*'] };
  const browser = await tokenClient(key, { rules });
  const create = (length: number, filetype = 'text/plain') =>
    browser.create({ length, metadata: { filename: 'a.txt', filetype } });
  expect((await create(101)).code).toBe('file_too_large');
  expect((await create(9)).code).toBe('file_too_small');
  expect((await create(50, 'image/png')).code).toBe('file_type_not_allowed');
  const headers = { 'upload-defer-length': '1' };
  const deferred = await browser.create({ metadata: NOTE, headers });
  for (const [length, code] of [
    ['9', 'file_too_small'],
    ['101', 'file_too_large'],
  ] as const) {
    const said = await browser.patch([deferred.url, 0], new Uint8Array(), {
      'upload-length': length,
    });
    expect(said.code).toBe(code);
  }
});

test('one that is good for a file is used once, however many try at the same time', async () => {
  const { key } = await world.project();
  const once = await tokenClient(key, { maxFiles: 1 });
  const tries = Array.from({ length: 50 }, () => once.create({ length: 5, metadata: NOTE }));
  const answers = await Promise.all(tries);
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  expect(answers.filter(({ code }) => code === 'upload_token_used_up')).toHaveLength(49);
  expect(await once.create({ length: 5, metadata: NOTE })).toMatchObject({
    status: 409,
    code: 'upload_token_used_up',
  });
  const thrice = await tokenClient(key, { maxFiles: 3 });
  for (const status of [201, 201, 201, 409])
    expect((await thrice.create({ length: 5, metadata: NOTE })).status).toBe(status);
});

test('pieces count, too: by their number, and by their bytes', async () => {
  const { key } = await world.project();
  const partial = { 'upload-concat': 'partial' };
  const piece = (browser: Awaited<ReturnType<typeof tokenClient>>, length: number) =>
    browser.create({ length, headers: partial, body: randomBytes(length) });
  const small = await tokenClient(key, { maxFiles: 1, maxSize: 1000 });
  const usedUp = { status: 409, code: 'upload_token_used_up' };
  const first = await piece(small, 600);
  expect(first.status).toBe(201);
  expect(await piece(small, 600)).toMatchObject(usedUp);
  const second = await piece(small, 400);
  expect(second.status).toBe(201);
  expect(await piece(small, 1)).toMatchObject(usedUp);
  const concat = { 'upload-concat': `final;${first.url} ${second.url}` };
  expect((await small.create({ headers: concat })).headers.get('slipway-status')).toBe('ready');
  expect(await small.create({ length: 5 })).toMatchObject(usedUp);

  // One of unknown length could become as long as a file may be.
  const deferring = await tokenClient(key, { maxFiles: 1, maxSize: 1000 });
  const deferred = { ...partial, 'upload-defer-length': '1' };
  expect((await deferring.create({ headers: deferred })).status).toBe(201);
  expect(await deferring.create({ headers: deferred })).toMatchObject(usedUp);

  const many = await tokenClient(key, { maxFiles: 1, maxSize: 1000 });
  const tries = await Promise.all(Array.from({ length: 70 }, () => piece(many, 1)));
  expect(tries.filter(({ status }) => status === 201)).toHaveLength(64);
});

test('how often one was used is forgotten once it is over, and not before', async () => {
  const { id, key } = await world.project();
  const once = await tokenClient(key, { maxFiles: 1 });
  await once.create({ length: 5, metadata: NOTE });
  const uses = () =>
    world.runtime.db.select().from(uploadTokenUse).where(eq(uploadTokenUse.projectId, id));
  await forgetTokens(world.jobContext());
  expect(await uses()).toHaveLength(1);
  await forgetTokens(world.jobContext(3_601_000));
  expect(await uses()).toHaveLength(0);
});

test('a use that comes to nothing is not counted', async () => {
  const { key } = await world.project({ maxFiles: 1 });
  const once = await tokenClient(key, { maxFiles: 1 });
  const tus = createTusClient(world.url, key);
  const taken = await tus.create({ length: 5, metadata: NOTE });
  expect((await once.create({ length: 5, metadata: NOTE })).code).toBe('file_limit_reached');
  await tus.remove(taken.url);
  expect((await once.create({ length: 5, metadata: NOTE })).status).toBe(201);
});

test('a changed token, one that is over, and one whose key is gone are refused', async () => {
  const { id, key } = await world.project();
  const browser = await tokenClient(key, { expiresIn: 60 });
  const query = Buffer.from(browser.token.slice(3), 'base64url').toString();
  const longer = query.replace(/expires=\d+/, 'expires=9999999999');
  for (const text of [longer, query.slice(0, -1), `${query}&grant=e30`, '']) {
    const forged = `ut_${Buffer.from(text).toString('base64url')}`;
    const answer = await createTusClient(world.url, forged).create({ length: 5 });
    expect(answer).toMatchObject({ status: 401, code: 'upload_token_invalid' });
  }
  expect((await browser.create({ length: 5 })).status).toBe(201);
  world.later(61_000);
  expect((await browser.create({ length: 5 })).code).toBe('upload_token_invalid');
  world.later(-61_000);
  await world.runtime.db.delete(apiKey).where(eq(apiKey.ownerId, id));
  expect((await browser.create({ length: 5 })).code).toBe('upload_token_invalid');
});

test('a token opens nothing else, and makes no tokens', async () => {
  const { key } = await world.project();
  const { token } = await tokenClient(key);
  for (const path of ['files', 'project']) {
    const response = await fetch(`${world.url}/api/${path}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(response.status).toBe(401);
  }
  expect((await ask(token)).status).toBe(401);
  expect((await ask('sk_live_nothing')).status).toBe(401);
  expect((await ask(key, { expiresIn: 10 })).status).toBe(400);
  expect((await ask(key, { maxFiles: 0 })).status).toBe(400);
});
