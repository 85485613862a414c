import { createHash, randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { listCallbacks } from '../callback/log.ts';
import type { ServedSlipway } from '../testing/serve.ts';
import { loadCallback } from './callback-message.ts';
import { presign, put } from './testing/client.ts';
import { startApp, type TestApp } from './testing/start-app.ts';
import { serveForApps, type UploadthingProject, uploadthingProject } from './testing/world.ts';

let slipway: ServedSlipway;
let project: UploadthingProject;
const apps: TestApp[] = [];

beforeAll(async () => {
  slipway = await serveForApps();
  project = await uploadthingProject(slipway);
});

afterEach(async () => {
  for (const app of apps.splice(0)) await app.close();
});
afterAll(() => slipway.close());

async function start(variables: Record<string, string> = {}): Promise<TestApp> {
  const app = await startApp({ ...project.variables, ...variables });
  apps.push(app);
  return app;
}

const bytes = randomBytes(100_000);
const newFile = () => new File([bytes], 'a.bin', { type: 'application/octet-stream' });
const stateOf = async (fileKey: string) => {
  const { projectId } = project;
  return (await loadCallback(project.tenant.ctx, { projectId, fileKey }))?.callback;
};

test.each([
  ['a server', {}],
  ['a developer’s machine', { UPLOADTHING_IS_DEV: 'true' }],
])('%s is told, and what it returns is in the answer', async (_, variables) => {
  const app = await start(variables);
  const { url, key } = await presign(app.url, newFile());
  const answer = await put(url, newFile());
  expect(answer.status).toBe(200);
  const md5 = createHash('md5').update(bytes).digest('hex');
  const { ufsUrl } = await answer.clone().json();
  expect(await answer.json()).toMatchObject({
    fileHash: md5,
    serverData: { uploadedBy: 'user_1', hash: md5, at: ufsUrl },
  });
  expect(app.effects()).toEqual([`started ${key}`, `done ${key}`]);
  expect(await stateOf(key)).toMatchObject({ state: 'done', attempts: 1 });
  const { fileId } = (await stateOf(key)) ?? {};
  const { ctx } = project.tenant;
  const { data } = await listCallbacks(ctx, { projectId: project.projectId, state: 'done' });
  expect(data[0]).toMatchObject({ fileId, wire: 'uploadthing' });
});

test('one that wants nobody to wait is told all the same', async () => {
  const app = await start();
  const { url, key } = await presign(app.url, newFile(), 'quiet');
  const answer = await put(url, newFile());
  expect(await answer.json()).toMatchObject({ serverData: null });
  await expect.poll(app.effects, { timeout: 10_000 }).toEqual([`done ${key}`]);
});

test('a server that is killed in its handler does it after its restart, and once', async () => {
  const app = await start();
  app.hang(true);
  const { url, key } = await presign(app.url, newFile());
  const answer = put(url, newFile());
  await expect.poll(app.effects, { timeout: 10_000 }).toEqual([`started ${key}`]);
  await app.kill();
  app.hang(false);
  await app.restart();
  // Whoever waits for the answer gets it, of the second run.
  expect(await (await answer).json()).toMatchObject({ serverData: { uploadedBy: 'user_1' } });
  const once = [`started ${key}`, `started ${key}`, `done ${key}`];
  expect(app.effects()).toEqual(once);
  expect(await stateOf(key)).toMatchObject({ state: 'done', attempts: 2 });
  // And what is told it again, by whatever way, changes nothing.
  await fetch(`${project.variables.UPLOADTHING_INGEST_URL}/callback-result`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-uploadthing-api-key': project.apiKey },
    body: JSON.stringify({ fileKey: key, callbackData: 'another' }),
  });
  expect(JSON.parse((await stateOf(key))?.result ?? '')).toMatchObject({ uploadedBy: 'user_1' });
  expect(app.effects()).toEqual(once);
}, 60_000);

test('a refused file is told of as that', async () => {
  const app = await start();
  const page = new File(['<script>'], 'a.png', { type: 'image/png' });
  const { url, key } = await presign(app.url, page);
  const answer = await put(url, page);
  expect(answer.status).toBe(422);
  expect(await answer.json()).toMatchObject({ error: { code: 'type_mismatch' } });
  await expect.poll(app.effects, { timeout: 10_000 }).toEqual([`error ${key}`]);
  await expect.poll(async () => (await stateOf(key))?.state).toBe('done');
});

test('nobody else answers for an app, or has it called', async () => {
  const app = await start();
  const { url, key } = await presign(app.url, newFile());
  await put(url, newFile());
  const other = await uploadthingProject(slipway);
  const ask = (path: string, apiKey: string | null, body: object) =>
    fetch(`${project.variables.UPLOADTHING_INGEST_URL}/${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(apiKey === null ? {} : { 'x-uploadthing-api-key': apiKey }),
      },
      body: JSON.stringify(body),
    });
  const result = { fileKey: key, callbackData: 1 };
  expect((await ask('callback-result', null, result)).status).toBe(401);
  expect((await ask('callback-result', 'sk_live_ut_nobody', result)).status).toBe(401);
  expect((await ask('callback-result', other.apiKey, result)).status).toBe(404);
  const route = {
    fileKeys: [key],
    metadata: {},
    isDev: false,
    callbackUrl: 'http://127.0.0.1:1/',
    callbackSlug: 'anything',
  };
  expect((await ask('route-metadata', null, route)).status).toBe(401);
  // Another app may say what it likes of a key: it is another file.
  expect((await ask('route-metadata', other.apiKey, route)).status).toBe(200);
  const { projectId, tenant } = project;
  const found = await loadCallback(tenant.ctx, { projectId, fileKey: key });
  expect(found?.route?.callbackUrl).toBe(app.url);
});

test('an address inside is not called where that is not allowed', async () => {
  const closed = await serveForApps({ ALLOW_PRIVATE_TARGETS: 'none' });
  const theirs = await uploadthingProject(closed);
  const app = await startApp({ ...theirs.variables });
  apps.push(app);
  const { url, key } = await presign(app.url, newFile());
  const controller = new AbortController();
  const body = new FormData();
  body.append('file', newFile());
  void fetch(url, { method: 'PUT', body, signal: controller.signal }).catch(() => undefined);
  const error = async () => {
    const { projectId, tenant } = theirs;
    return (await loadCallback(tenant.ctx, { projectId, fileKey: key }))?.callback.lastError;
  };
  await expect.poll(error, { timeout: 10_000 }).toMatch(/not an address of the public internet/);
  expect(app.effects()).toEqual([]);
  controller.abort();
  await closed.close();
});
