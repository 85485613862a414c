import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { requestUpload } from '../file/request-upload.ts';
import { updateFile } from '../file/update.ts';
import { getProject, updateProjectRules } from '../project/index.ts';
import type { ServedSlipway } from '../testing/serve.ts';
import { serveForApps, type UploadthingProject, uploadthingProject } from './testing/world.ts';

let slipway: ServedSlipway;
let app: UploadthingProject;

beforeAll(async () => {
  slipway = await serveForApps();
  app = await uploadthingProject(slipway);
});
afterAll(() => slipway.close());

/** As scripts in any language do: the key in a header, JSON in and out. */
async function call(path: string, body?: unknown, apiKey: string | null = app.apiKey) {
  const headers = new Headers({ 'content-type': 'application/json' });
  if (apiKey !== null) headers.set('x-uploadthing-api-key', apiKey);
  const answer = await fetch(`${app.variables.UPLOADTHING_API_URL}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: await answer.json() };
}

const send = (method: 'PUT' | 'POST', url: string, text: string, fields = {}) => {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, String(value));
  body.append('file', new Blob([text], { type: 'text/plain' }), 'sent.txt');
  return fetch(url, { method, body });
};

async function upload(text: string, more: object = {}): Promise<string> {
  const wish = { fileName: 'a.txt', fileSize: text.length, fileType: 'text/plain', ...more };
  const { body } = await call('/v7/prepareUpload', wish);
  expect((await send('PUT', body.url, text)).status).toBe(200);
  return body.key;
}

const addressOf = (key: string) => `${slipway.url}/a/${app.projectId}/${key}`;

test('prepareUpload of version 7, a PUT, and pollUpload', async () => {
  const wish = { fileName: 'größe.txt', fileSize: 5, fileType: 'text/plain' };
  // What a client has no word for comes as null or as nothing.
  const nothing = { slug: '', customId: null, acl: null, contentDisposition: '', expiresIn: null };
  const { status, body } = await call('/v7/prepareUpload', { ...wish, ...nothing });
  expect([status, Object.keys(body).sort()]).toEqual([200, ['key', 'url']]);
  expect((await call(`/v6/pollUpload/${body.key}`)).status).toBe(404);
  const sent = await send('PUT', body.url, 'hello');
  expect(await sent.json()).toEqual({
    url: addressOf(body.key),
    appUrl: addressOf(body.key),
    ufsUrl: addressOf(body.key),
    fileHash: '5d41402abc4b2a76b9719d911017c592',
    serverData: null,
  });
  const polled = await call(`/v6/pollUpload/${body.key}`);
  const file = {
    fileKey: body.key,
    fileName: 'größe.txt',
    fileSize: 5,
    fileType: 'text/plain',
    fileUrl: addressOf(body.key),
    customId: null,
    metadata: null,
  };
  const told = { metadata: null, callbackData: null };
  expect(polled.body).toEqual({ status: 'done', file, fileData: file, ...told });
});

test('uploadFiles of version 6: a form is posted to each URL', async () => {
  const { status, body } = await call('/v6/uploadFiles', {
    files: [
      { name: 'one.txt', size: 3, type: 'text/plain', customId: 'raw-1' },
      { name: 'two', size: 3, type: '', customId: null },
    ],
    acl: 'private',
    metadata: null,
    contentDisposition: 'attachment',
  });
  expect(status).toBe(200);
  const [one, two] = body.data;
  expect(one).toEqual({
    key: expect.stringMatching(/^\w{48}$/),
    url: expect.stringContaining('x-ut-acl=private'),
    fields: {},
    fileName: 'one.txt',
    fileType: 'text/plain',
    fileUrl: addressOf(one.key),
    customId: 'raw-1',
    contentDisposition: 'attachment',
    pollingUrl: `${app.variables.UPLOADTHING_API_URL}/v6/pollUpload/${one.key}`,
    pollingJwt: '',
  });
  expect((await send('POST', one.url, 'one', { ...one.fields, before: 'it' })).status).toBe(200);
  expect((await send('POST', two.url, 'two')).status).toBe(200);
  expect((await fetch(one.fileUrl)).status).toBe(404);
  const access = await call('/v6/requestFileAccess', { fileKey: one.key, expiresIn: 60 });
  expect(Object.keys(access.body).sort()).toEqual(['ufsUrl', 'url']);
  expect(await (await fetch(access.body.ufsUrl)).text()).toBe('one');
  // By its customId, and with as many seconds as a query would say them.
  const again = await call('/v6/requestFileAccess', { customId: 'raw-1', expiresIn: '60' });
  expect(await (await fetch(again.body.url)).text()).toBe('one');
  expect((await send('POST', one.url.replace('one.txt', 'other.txt'), 'one')).status).toBe(403);
});

test('what the content betrays has failed, and says why', async () => {
  const wish = { files: [{ name: 'a.png', size: 3, type: 'image/png' }] };
  const [{ key, url }] = (await call('/v6/uploadFiles', wish)).body.data;
  expect((await send('POST', url, 'abc')).status).toBe(422);
  const { body } = await call(`/v6/pollUpload/${key}`);
  expect(body).toEqual({ status: 'failed', error: expect.stringContaining('image/png') });
});

/** An app's server that speaks the protocol by hand. */
async function startServer(): Promise<{ server: Server; url: string; told: object[] }> {
  const told: object[] = [];
  const server = createServer(async (request, response) => {
    const text = (await request.toArray()).join('');
    const { 'uploadthing-hook': hook, 'x-uploadthing-signature': signature } = request.headers;
    const hmac = createHmac('sha256', app.apiKey).update(text).digest('hex');
    told.push({ url: request.url, hook, isSigned: signature === `hmac-sha256=${hmac}` });
    const { file } = JSON.parse(text);
    await fetch(`${app.variables.UPLOADTHING_INGEST_URL}/callback-result`, {
      method: 'POST',
      headers: { 'x-uploadthing-api-key': app.apiKey, 'content-type': 'application/json' },
      body: JSON.stringify({ fileKey: file.key, callbackData: { seen: file.name } }),
    });
    response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, told };
}

test('prepareUpload of version 6: the app’s server is told, and its answer comes back', async () => {
  const { server, url, told } = await startServer();
  const { body } = await call('/v6/prepareUpload', {
    files: [{ name: 'note.txt', size: 4, type: 'text/plain' }],
    routeConfig: { text: { maxFileSize: '4MB' } },
    metadata: { userId: 'user_1' },
    callbackUrl: url,
    callbackSlug: 'notes',
  });
  const sent = await send('POST', body[0].url, 'note');
  expect(await sent.json()).toMatchObject({ serverData: { seen: 'note.txt' } });
  server.close();
  expect(told).toEqual([{ url: '/hook?slug=notes', hook: 'callback', isSigned: true }]);
  expect((await call(`/v6/pollUpload/${body[0].key}`)).body).toMatchObject({
    status: 'done',
    fileData: { metadata: '{"userId":"user_1"}', callbackUrl: url, callbackSlug: 'notes' },
    metadata: { userId: 'user_1' },
    callbackData: { seen: 'note.txt' },
  });
});

test('files are listed, renamed, opened to all or closed, counted and deleted', async () => {
  const before = (await call('/v6/getUsageInfo', {})).body;
  const key = await upload('four', { customId: 'raw-2' });
  expect((await call('/v6/getUsageInfo', {})).body).toEqual({
    totalBytes: before.totalBytes + 4,
    appTotalBytes: before.appTotalBytes + 4,
    filesUploaded: before.filesUploaded + 1,
    limitBytes: Number.MAX_SAFE_INTEGER,
  });
  const listed = await call('/v6/listFiles', { limit: 1, offset: 0 });
  expect(listed.body).toEqual({
    hasMore: true,
    files: [
      {
        id: expect.any(String),
        customId: 'raw-2',
        key,
        name: 'a.txt',
        size: 4,
        status: 'Uploaded',
        uploadedAt: expect.any(Number),
      },
    ],
  });
  const success = { status: 200, body: { success: true } };
  const rename = { updates: [{ fileKey: key, newName: 'b.txt' }] };
  expect(await call('/v6/renameFiles', rename)).toEqual(success);
  const close = { updates: [{ customId: 'raw-2', acl: 'private' }] };
  expect(await call('/v6/updateACL', close)).toEqual(success);
  expect((await fetch(addressOf(key))).status).toBe(404);
  expect(await call('/v7/getAppInfo', {})).toEqual({
    status: 200,
    body: { appId: app.projectId, defaultACL: 'public-read', allowACLOverride: true },
  });
  const deletion = { status: 200, body: { success: true, deletedCount: 1 } };
  expect(await call('/v6/deleteFiles', { customIds: ['raw-2', 'never'] })).toEqual(deletion);
  expect((await call(`/v6/pollUpload/${key}`)).status).toBe(404);
});

test('without a key nothing is told; with another app’s there is nothing', async () => {
  const key = await upload('mine');
  const other = await uploadthingProject(slipway);
  const file = { name: 'a', size: 1, type: 'text/plain' };
  const paths: [string, object | undefined][] = [
    [`/v6/pollUpload/${key}`, undefined],
    ['/v6/listFiles', {}],
    ['/v6/deleteFiles', { fileKeys: [key] }],
    ['/v6/renameFiles', { updates: [{ fileKey: key, newName: 'x' }] }],
    ['/v6/updateACL', { updates: [{ fileKey: key, acl: 'private' }] }],
    ['/v6/getFileUrl', { fileKeys: [key] }],
    ['/v6/requestFileAccess', { fileKey: key }],
    ['/v6/getUsageInfo', {}],
    ['/v6/uploadFiles', { files: [file] }],
    ['/v6/prepareUpload', { files: [file], callbackUrl: 'http://127.0.0.1', callbackSlug: 'a' }],
    ['/v7/prepareUpload', { fileName: 'a', fileSize: 1 }],
    ['/v7/getAppInfo', {}],
  ];
  for (const [path, body] of paths) {
    expect([path, (await call(path, body, null)).status]).toEqual([path, 401]);
    const unknown = `sk_live_ut_${'x'.repeat(40)}`;
    expect([path, (await call(path, body, unknown)).status]).toEqual([path, 401]);
    const theirs = await call(path, body, other.apiKey);
    expect(JSON.stringify(theirs.body)).not.toContain(app.projectId);
    if (path.includes(key)) expect(theirs.status).toBe(404);
  }
  expect(await (await fetch(addressOf(key))).text()).toBe('mine');
});

test('what somebody made private is so at its address here, too, whatever its upload said', async () => {
  const { ctx } = app.tenant;
  const at = { projectId: app.projectId };
  const key = await upload('open', { acl: 'public-read' });
  expect((await fetch(addressOf(key))).status).toBe(200);
  const { body } = await call('/v6/listFiles', { limit: 1 });
  const file = { ...at, fileId: body.files[0].id };
  await updateFile(ctx, { ...file, change: { visibility: 'private' } });
  expect((await fetch(addressOf(key))).status).toBe(404);
  await updateFile(ctx, { ...file, change: { visibility: 'public' } });
  expect((await fetch(addressOf(key))).status).toBe(200);
});

test('what its project says of a route holds for its uploads', async () => {
  const { ctx } = app.tenant;
  const { rules } = await getProject(ctx, app.projectId);
  const routes = { avatars: { maxSize: 3 } };
  await updateProjectRules(ctx, { projectId: app.projectId, rules: { ...rules, routes } });
  const wish = { fileName: 'a.txt', fileSize: 4, fileType: 'text/plain', slug: 'avatars' };
  const { body } = await call('/v7/prepareUpload', wish);
  const refused = await send('PUT', body.url, 'four');
  expect([refused.status, (await refused.json()).error.details]).toEqual([
    422,
    { rule: 'maxSize', expected: 3, received: 4 },
  ]);
  await updateProjectRules(ctx, { projectId: app.projectId, rules });
});

test('a new name fits the type, and nothing is called open that stays closed', async () => {
  const key = await upload('text');
  const rename = { updates: [{ fileKey: key, newName: 'b.png' }] };
  expect((await call('/v6/renameFiles', rename)).body.error.code).toBe('type_mismatch');
  const closed = await uploadthingProject(slipway, { visibility: 'private' });
  const { ctx } = closed.tenant;
  const announced = await requestUpload(ctx, {
    projectId: closed.projectId,
    upload: { name: 'a.txt', size: 1, type: 'text/plain' },
  });
  const open = { updates: [{ fileKey: announced.key, acl: 'public-read' }] };
  const answer = await call('/v6/updateACL', open, closed.apiKey);
  expect([answer.status, answer.body.error?.code]).toEqual([422, 'visibility_not_allowed']);
});
