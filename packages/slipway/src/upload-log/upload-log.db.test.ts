import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SlipwayContext } from '../context.ts';
import { requestUpload } from '../file/request-upload.ts';
import type { RequestUpload } from '../file/schema.ts';
import { createHttp } from '../http.ts';
import { keyActor, startTestSlipway, type TestSlipway, type TestTenant } from '../testing/index.ts';
import { createTusUpload } from '../tus/create.ts';
import { getUploaderUsage, listUploaders } from '../usage/uploaders.ts';
import { listUploadLog } from './list.ts';
import { reportRefusals } from './report.ts';
import type { ListUploadLog } from './schema.ts';
import { uploadLog } from './table.ts';

let slipway: TestSlipway;
let tenant: TestTenant;

beforeAll(async () => {
  slipway = await startTestSlipway();
  tenant = await slipway.tenant();
});
afterAll(() => slipway.close());

const refuse = (projectId: string, more: Partial<RequestUpload> = {}) =>
  requestUpload(tenant.ctx, {
    projectId,
    upload: { name: 'a.txt', size: 9, type: 'text/plain', ...more },
  }).catch(() => undefined);

const logged = async (projectId: string, query: ListUploadLog = {}) =>
  (await listUploadLog(tenant.ctx, { projectId, query })).data;

test('each refusal of a rule is there, with what was expected; what succeeds is not', async () => {
  const { id } = await slipway.project(tenant, { maxSize: 5, maxFiles: 1 });
  await refuse(id, { route: 'avatars', uploader: 'user 7' });
  await refuse(id, { size: 5 });
  await refuse(id, { size: 4 });
  expect(await logged(id)).toMatchObject([
    { outcome: 'refused', code: 'file_limit_reached', rule: 'maxFiles', fileId: null, repeats: 1 },
    {
      code: 'file_too_large',
      message: 'Expected a file of up to 5 bytes; this one has 9.',
      rule: 'maxSize',
      name: 'a.txt',
      size: 9,
      route: 'avatars',
      uploader: 'user 7',
      by: 'user',
    },
  ]);
});

test('what is not well-formed, or asked for by a stranger, is no line of the log', async () => {
  const { id } = await slipway.project(tenant, { maxSize: 5 });
  await refuse(id, { name: 'a/b' });
  const stranger = await slipway.tenant();
  const upload = { name: 'a.txt', size: 9, type: 'text/plain' };
  await expect(requestUpload(stranger.ctx, { projectId: id, upload })).rejects.toMatchObject({
    code: 'not_found',
  });
  expect(await logged(id)).toEqual([]);
  await expect(listUploadLog(stranger.ctx, { projectId: id, query: {} })).rejects.toMatchObject({
    code: 'not_found',
  });
});

test('refusals by tus are there, too', async () => {
  const { id } = await slipway.project(tenant, { maxSize: 5 });
  const metadata = `filename ${Buffer.from('t.txt').toString('base64')},filetype ${Buffer.from('text/plain').toString('base64')}`;
  const call = { projectId: id, length: 9, metadata, partial: false, token: undefined };
  await expect(createTusUpload(tenant.ctx, call)).rejects.toMatchObject({ code: 'file_too_large' });
  expect(await logged(id)).toMatchObject([{ name: 't.txt', code: 'file_too_large' }]);
});

test('it is filtered and paged', async () => {
  const { id } = await slipway.project(tenant, { maxSize: 5, minSize: 2 });
  for (const size of [9, 1, 8]) await refuse(id, { size, route: size === 8 ? 'r' : 's' });
  const sizes = async (query: ListUploadLog) => (await logged(id, query)).map(({ size }) => size);
  expect(await sizes({ code: 'file_too_large' })).toEqual([8, 9]);
  expect(await sizes({ route: 'r' })).toEqual([8]);
  expect(await sizes({ outcome: 'expired' })).toEqual([]);
  expect(await sizes({ from: new Date(Date.now() + 60_000).toISOString() })).toEqual([]);
  const first = await listUploadLog(tenant.ctx, { projectId: id, query: { limit: 2 } });
  expect(first.data.map(({ size }) => size)).toEqual([8, 1]);
  expect(await sizes({ cursor: first.nextCursor ?? '' })).toEqual([9]);
});

test('a flood is counted and fills nothing, whatever its routes are called', async () => {
  const { id } = await slipway.project(tenant, { maxSize: 5 });
  const flood = (count: number) =>
    Promise.all(Array.from({ length: count }, (_, n) => refuse(id, { route: `route ${n}` })));
  await flood(150);
  await flood(150);
  await flood(200);
  const rows = await tenant.ctx.db.select().from(uploadLog).where(eq(uploadLog.projectId, id));
  expect(rows.reduce((sum, { repeats }) => sum + repeats, 0)).toBe(500);
  expect(rows.length).toBeLessThanOrEqual(201);
  expect(rows.find(({ route }) => route === null)?.repeats).toBeGreaterThanOrEqual(200);
});

test('over REST with a key', async () => {
  const { id, key } = await slipway.project(tenant, { maxSize: 5 });
  await refuse(id);
  const app = createHttp(slipway.runtime, { stopping: false });
  const headers = { authorization: `Bearer ${key}` };
  const answer = await app.request('/api/upload-log?code=file_too_large', { headers }, {});
  expect(await answer.json()).toMatchObject({ data: [{ name: 'a.txt' }], nextCursor: null });
  expect((await app.request('/api/upload-log?cursor=x', { headers }, {})).status).toBe(400);
  expect((await app.request('/api/upload-log', {}, {})).status).toBe(401);
});

test('what the developer’s own server refused stands beside the others, and is bounded like them', async () => {
  const { id, key } = await slipway.project(tenant, { maxSize: 5 });
  await refuse(id);
  const app = createHttp(slipway.runtime, { stopping: false });
  const report = (refusals: object[], authorization = `Bearer ${key}`) =>
    app.request(
      '/api/upload-log',
      {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify({ refusals }),
      },
      {},
    );
  const refused = { route: 'avatars', code: 'upload_rejected', message: 'Sign in.', name: 'x' };
  const odd = { ...refused, name: 'a\0\ud800/b', code: 'too_many_files', repeats: 3 };
  expect((await report([{ ...refused, size: 7, type: 'image/png' }, odd])).status).toBe(200);
  expect(await logged(id)).toMatchObject([
    { code: 'too_many_files', rule: 'maxFiles', name: 'a\ufffd/b', repeats: 3 },
    {
      ...{ outcome: 'refused', code: 'upload_rejected', rule: 'authorize', route: 'avatars' },
      ...{ message: 'Sign in.', size: 7, type: 'image/png', fileId: null, by: 'api_key' },
    },
    { code: 'file_too_large', rule: 'maxSize' },
  ]);
  for (const wrong of [[], [{ ...refused, code: 'whatever' }], Array(101).fill(refused)])
    expect((await report(wrong)).status).toBe(400);
  expect((await report([refused], 'Bearer sk_live_none')).status).toBe(401);
  for (let turn = 0; turn < 3; turn += 1)
    await report(
      Array.from({ length: 100 }, (_, n) => ({ ...refused, route: `r${n}`, repeats: 2 })),
    );
  const rows = await tenant.ctx.db.select().from(uploadLog).where(eq(uploadLog.projectId, id));
  expect(rows.length).toBeLessThanOrEqual(210);
  expect(rows.reduce((sum, { repeats }) => sum + repeats, 0)).toBe(1 + 1 + 3 + 600);
  // However many it is told of, it counts as far as it can.
  for (let turn = 0; turn < 22; turn += 1) {
    const answer = await report(Array(100).fill({ ...refused, repeats: 1_000_000 }));
    expect(answer.status).toBe(200);
  }
});

test('keys see what their own world refused, people both', async () => {
  const { id: projectId } = await slipway.project(tenant, { maxSize: 5 });
  const as = (isTest: boolean) => ({
    ...tenant.ctx,
    actor: { ...keyActor(projectId), isTest },
  });
  for (const isTest of [false, true]) {
    const upload = { name: `${isTest}.txt`, size: 9, type: 'text/plain' };
    await expect(requestUpload(as(isTest), { projectId, upload })).rejects.toThrow();
    const refused = { route: 'a', code: 'upload_rejected', message: 'Sign in.' } as const;
    const report = { refusals: [{ ...refused, name: `${isTest} of a route` }] };
    await reportRefusals(as(isTest), { projectId, report });
  }
  const names = async (ctx: SlipwayContext) =>
    (await listUploadLog(ctx, { projectId, query: {} })).data.map(({ name }) => name);
  expect(await names(as(true))).toEqual(['true of a route', 'true.txt']);
  expect(await names(as(false))).toEqual(['false of a route', 'false.txt']);
  expect(await names(tenant.ctx)).toHaveLength(4);
  const forbidden = { code: 'forbidden' };
  const ann = { projectId, uploader: 'ann' };
  await expect(getUploaderUsage(as(true), ann)).rejects.toMatchObject(forbidden);
  const all = { projectId, query: {} };
  await expect(listUploaders(as(true), all)).rejects.toMatchObject(forbidden);
});
