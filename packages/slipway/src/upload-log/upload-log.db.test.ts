import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { requestUpload } from '../file/request-upload.ts';
import type { RequestUpload } from '../file/schema.ts';
import { createHttp } from '../http.ts';
import { startTestSlipway, type TestSlipway, type TestTenant } from '../testing/index.ts';
import { createTusUpload } from '../tus/create.ts';
import { listUploadLog } from './list.ts';
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
