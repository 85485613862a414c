import { createHmac, randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Tx } from '@repo/foundation/db';
import { signedHeaders } from '@repo/foundation/webhook';
import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { transition } from '../file/transition.ts';
import { project as projectTable } from '../project/table.ts';
import type { TestTenant } from '../testing/index.ts';
import type { ServedSlipway } from '../testing/serve.ts';
import { startApp, type TestApp } from '../uploadthing/testing/start-app.ts';
import { serveForApps } from '../uploadthing/testing/world.ts';
import { deliverCallback } from './deliver.ts';
import { uploadCallback } from './table.ts';

const bytes = new Uint8Array(randomBytes(1_000));

let slipway: ServedSlipway;
let tenant: TestTenant;
let project: { id: string; key: string };
const apps: TestApp[] = [];

beforeAll(async () => {
  slipway = await serveForApps();
  tenant = await slipway.tenant();
  project = await slipway.project(tenant);
});
afterEach(async () => {
  for (const app of apps.splice(0)) await app.close();
});
afterAll(() => slipway.close());

async function start(variables: Record<string, string> = {}, of = { slipway, project }) {
  const environment = { SLIPWAY_URL: of.slipway.url, SLIPWAY_API_KEY: of.project.key };
  const app = await startApp(
    { ...environment, ...variables },
    { script: 'callback-app.ts', path: '/api/slipway' },
  );
  apps.push(app);
  return app;
}

const ask = async (url: string, body: object, headers: Record<string, string> = {}) => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
};

const withKey = (path: string, body: object, key = project.key) =>
  ask(`${slipway.url}/api/${path}`, body, { authorization: `Bearer ${key}` });

/** What a browser does until the bytes are there. */
async function send(app: TestApp): Promise<{ id: string; token: string }> {
  const files = [{ name: 'a.bin', size: bytes.length, type: 'application/octet-stream' }];
  const request = { action: 'request', route: 'photo', files };
  const { body } = await ask(app.url, request, { 'x-user': 'anna' });
  const [{ upload, token }] = body.files;
  await fetch(upload.url, { method: 'PUT', headers: upload.headers, body: bytes });
  return { id: upload.id, token };
}
const complete = (app: TestApp, token: string) =>
  ask(app.url, { action: 'complete', route: 'photo', token });

async function rowOf(fileId: string, of = slipway) {
  const [row] = await of.runtime.db
    .select()
    .from(uploadCallback)
    .where(eq(uploadCallback.fileId, fileId));
  return row;
}

async function transitionTo(tx: Tx, fileId: string): Promise<void> {
  const [of] = await tx.select().from(projectTable).where(eq(projectTable.id, project.id));
  if (of === undefined) throw new Error('the project is gone');
  const reason = { code: 'expired' };
  await transition(tx, tenant.ctx, { fileId, project: of, to: 'expired', reason });
}

const run = (id: string) => [`started callback_${id}`, `done callback_${id} for anna`];

test('the server is told, and what it returns reaches the browser', async () => {
  const app = await start();
  const { id, token } = await send(app);
  expect(String((await rowOf(id))?.secret)).toMatch(/^v1\./);
  const answer = await complete(app, token);
  expect(answer).toMatchObject({
    status: 200,
    body: { file: { id, status: 'ready', uploader: 'anna' }, serverData: { by: 'anna' } },
  });
  // However often the browser asks, it was done once.
  expect((await complete(app, token)).body.serverData).toEqual({ by: 'anna' });
  expect(app.effects()).toEqual(run(id));
  const row = await rowOf(id);
  expect(row).toMatchObject({ state: 'done', attempts: 1, result: '{"by":"anna"}' });
  expect(row?.secret).toBeNull();
});

test('a browser that is gone after its last byte changes nothing', async () => {
  const app = await start();
  const { id } = await send(app);
  expect((await withKey('upload-complete', { id })).status).toBe(200);
  await expect.poll(app.effects, { timeout: 10_000 }).toEqual(run(id));
});

test('a server that is killed in its callback does it after its restart: one success is stored', async () => {
  const app = await start();
  app.hang(true);
  const { id, token } = await send(app);
  expect((await withKey('upload-complete', { id })).status).toBe(200);
  await expect.poll(app.effects, { timeout: 10_000 }).toEqual([`started callback_${id}`]);
  await app.kill();
  app.hang(false);
  await app.restart();
  expect((await complete(app, token)).body).toMatchObject({ serverData: { by: 'anna' } });
  // The second run has the id of the first.
  expect(app.effects()).toEqual([`started callback_${id}`, ...run(id)]);
  expect(await rowOf(id)).toMatchObject({ state: 'done', attempts: 2, result: '{"by":"anna"}' });
}, 60_000);

test('a server that hangs keeps no other project waiting', async () => {
  const app = await start();
  app.hang(true);
  for (let n = 0; n < 10; n += 1) {
    const { id } = await send(app);
    expect((await withKey('upload-complete', { id })).status).toBe(200);
  }
  await expect.poll(() => app.effects().length, { timeout: 10_000 }).toBe(3);
  const other = await slipway.project(tenant);
  const quick = await start({}, { slipway, project: other });
  const { id, token } = await send(quick);
  expect((await complete(quick, token)).body.serverData).toEqual({ by: 'anna' });
  expect(quick.effects()).toEqual(run(id));
  expect(app.effects()).toHaveLength(3);
});

test('a browser does not wait for ever: the file is ready, the server pending', async () => {
  const app = await start({ DEADLINE: '300' });
  app.hang(true);
  const { id, token } = await send(app);
  expect(await complete(app, token)).toMatchObject({
    status: 200,
    body: { file: { id, status: 'ready' }, serverData: null, server: 'pending' },
  });
  app.hang(false);
});

test('an address that Slipway does not call: within the browser’s request', async () => {
  const closed = await serveForApps({ ALLOW_PRIVATE_TARGETS: 'none' });
  try {
    const theirs = await closed.project(await closed.tenant());
    const app = await start({}, { slipway: closed, project: theirs });
    const { id, token } = await send(app);
    expect((await complete(app, token)).body).toMatchObject({ serverData: { by: 'anna' } });
    expect(app.effects()).toEqual(run(id));
    expect(await rowOf(id, closed)).toMatchObject({ state: 'unreachable', claimed: 0 });
  } finally {
    await closed.close();
  }
});

test('without an address nothing is written down', async () => {
  const app = await start({ CALLBACKS: 'off' });
  const { id, token } = await send(app);
  expect((await complete(app, token)).body).toMatchObject({ serverData: { by: 'anna' } });
  expect(app.effects()).toEqual(run(id));
  expect(await rowOf(id)).toBeUndefined();
});

test('a file that comes to nothing ends its callback', async () => {
  const app = await start();
  const { id } = await send(app);
  await tenant.ctx.db.transaction((tx) => transitionTo(tx, id));
  expect((await withKey('upload-complete', { id })).status).not.toBe(200);
  expect(await rowOf(id)).toMatchObject({
    ...{ state: 'failed', lastError: 'The file is expired.', secret: null },
  });
  expect(app.effects()).toEqual([]);
});

test('what is forged, changed, late, or sent again is refused', async () => {
  const app = await start();
  const { id, token } = await send(app);
  await complete(app, token);
  const { data } = (await rowOf(id)) ?? {};
  const key = createHmac('sha256', project.key).update('slipway callback secret 1').digest();
  const own = `whsec_${key.toString('base64')}`;
  const body = JSON.stringify({ type: 'upload.callback', fileId: id, attempt: 1, data });
  const post = async (headers: Record<string, string>, text = body) =>
    (await fetch(app.url, { method: 'POST', headers, body: text })).status;
  const signed = (minutes: number, secret = own) =>
    signedHeaders([secret], {
      id: `callback_${id}`,
      at: new Date(Date.now() + minutes * 60_000),
      body,
    });
  expect(await post(signed(0, `whsec_${randomBytes(32).toString('base64')}`))).toBe(403);
  expect(await post(signed(0), body.replace('"attempt":1', '"attempt":2'))).toBe(403);
  expect(await post({ ...signed(0), 'webhook-id': 'callback_other' })).toBe(403);
  expect(await post(signed(-6))).toBe(403);
  expect(await post(signed(6))).toBe(403);
  expect(await post({ 'webhook-signature': 'v1,x' })).toBe(403);
  // Whole, and of now; but it was answered before.
  expect(await post(signed(0))).toBe(409);
  expect(app.effects().filter((line) => line.startsWith('started'))).toHaveLength(1);
});

async function listen(work: (body: string) => Promise<object>): Promise<Server & { url: string }> {
  const server = createServer(async (incoming, outgoing) => {
    const pieces: Buffer[] = [];
    for await (const piece of incoming) pieces.push(piece as Buffer);
    const answer = await work(Buffer.concat(pieces).toString());
    outgoing.end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(server, { url: `http://127.0.0.1:${port}` });
}

const announce = async (url: string) => {
  const secret = `whsec_${randomBytes(32).toString('base64')}`;
  const { body } = await withKey('upload-url', {
    name: 'a.bin',
    size: bytes.length,
    type: 'application/octet-stream',
    callback: { url, secret, data: 'mine' },
  });
  await fetch(body.url, { method: 'PUT', headers: body.headers, body: bytes });
  return body.id as string;
};

test('a message is taken once, however many take it at once; nobody else takes it', async () => {
  const stranger = await slipway.project(await slipway.tenant());
  const statuses: number[] = [];
  const server = await listen(async (body) => {
    const { fileId, attempt, data } = JSON.parse(body);
    expect(data).toBe('mine');
    const path = `files/${fileId}/callback/claim`;
    statuses.push((await withKey(path, { attempt }, stranger.key)).status);
    const takes = Array.from({ length: 8 }, () => withKey(path, { attempt }));
    statuses.push(...(await Promise.all(takes)).map(({ status }) => status).sort());
    return { serverData: null };
  });
  const id = await announce(server.url);
  await withKey('upload-complete', { id });
  await expect.poll(async () => (await rowOf(id))?.state, { timeout: 10_000 }).toBe('done');
  expect(statuses).toEqual([404, 200, ...Array.from({ length: 7 }, () => 409)]);
  server.close();
});

test('two workers send an attempt once, and an answer without serverData is none', async () => {
  let calls = 0;
  const server = await listen(async () => {
    calls += 1;
    return { hello: 'I am another page' };
  });
  const id = await announce(server.url);
  // Nothing is due while the file is not ready.
  await deliverCallback(tenant.ctx, { fileId: id });
  expect(calls).toBe(0);
  await withKey('upload-complete', { id });
  const again = [1, 2, 3].map(() => deliverCallback(tenant.ctx, { fileId: id }));
  await Promise.all(again);
  await expect
    .poll(async () => (await rowOf(id))?.lastError, { timeout: 10_000 })
    .toMatch(/serverData/);
  expect(calls).toBe(1);
  expect(await rowOf(id)).toMatchObject({ state: 'pending', attempts: 1 });
  server.close();
});
