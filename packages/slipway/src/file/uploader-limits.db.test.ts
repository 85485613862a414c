import { randomBytes } from 'node:crypto';
import { AppError } from '@repo/foundation/errors';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHttp } from '../http.ts';
import { startTestSlipway, type TestSlipway, type TestTenant } from '../testing/index.ts';
import { getUploaderUsage } from '../usage/uploaders.ts';
import { completeUpload } from './complete-upload.ts';
import { deleteFile } from './delete.ts';
import { purgeFile } from './purge.ts';
import { requestUpload } from './request-upload.ts';

const BYTES = Buffer.alloc(1000, 'a');
let slipway: TestSlipway;
let tenant: TestTenant;

beforeAll(async () => {
  slipway = await startTestSlipway({
    ENCRYPTION_KEYS: `k1:${randomBytes(32).toString('hex')}`,
  });
  tenant = await slipway.tenant();
});
afterAll(() => slipway.close());

const announce = (projectId: string, change: object = {}) =>
  requestUpload(tenant.ctx, {
    projectId,
    upload: { name: 'a.txt', size: 1000, type: 'text/plain', uploader: 'anna', ...change },
  });

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'taken',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );

const held = async (projectId: string, uploader = 'anna') => {
  const { bytes, files } = await getUploaderUsage(tenant.ctx, { projectId, uploader });
  return { bytes: bytes.used + bytes.reserved, files: files.used + files.reserved };
};

test('a hundred uploads of one user at the edge never pass the quota by a byte; others have their own', async () => {
  const { id } = await slipway.project(tenant, { maxBytesPerUploader: 10_999 });
  const anna = Array.from({ length: 50 }, () => codeOf(announce(id)));
  // Each of these in a transaction of its own.
  const secret = `whsec_${randomBytes(32).toString('base64')}`;
  const callback = { url: 'https://app.example.com/', secret };
  const told = Array.from({ length: 50 }, () => codeOf(announce(id, { callback })));
  const bert = Array.from({ length: 20 }, () => codeOf(announce(id, { uploader: 'bert' })));
  const nobody = Array.from({ length: 20 }, () => codeOf(announce(id, { uploader: undefined })));
  const taken = async (work: Promise<string>[]) =>
    (await Promise.all(work)).filter((code) => code === 'taken').length;
  expect(await taken([...anna, ...told])).toBe(10);
  expect(await taken(bert)).toBe(10);
  expect(await taken(nobody)).toBe(20);
  expect(await held(id)).toEqual({ bytes: 10_000, files: 10 });
  expect(await codeOf(announce(id, { size: 1000 }))).toBe('storage_limit_reached');
  expect(await codeOf(announce(id, { size: 999 }))).toBe('taken');
  expect(await codeOf(announce(id, { size: 1 }))).toBe('storage_limit_reached');
});

test('of two in parts that fit only singly one is taken', async () => {
  const size = 60 * 1024 * 1024;
  const { id } = await slipway.project(tenant, { maxBytesPerUploader: 2 * size - 1 });
  const codes = [1, 2].map(() => codeOf(announce(id, { size, multipart: true })));
  expect((await Promise.all(codes)).sort()).toEqual(['storage_limit_reached', 'taken']);
});

test('files count until they are gone, in the trash, too', async () => {
  const { id } = await slipway.project(tenant, { maxFilesPerUploader: 1 });
  const first = await announce(id);
  await slipway.putBytes({ key: first.key, bytes: BYTES, type: 'text/plain' });
  await completeUpload(tenant.ctx, { projectId: id, upload: { id: first.id } });
  await expect(announce(id)).rejects.toMatchObject({
    code: 'file_limit_reached',
    details: { rule: 'maxFilesPerUploader', expected: 1, received: 2 },
  });
  await deleteFile(tenant.ctx, { projectId: id, fileId: first.id, trash: true });
  expect(await codeOf(announce(id))).toBe('file_limit_reached');
  await purgeFile(tenant.ctx, { projectId: id, fileId: first.id });
  expect(await codeOf(announce(id))).toBe('taken');
  expect(await held(id)).toEqual({ bytes: 1000, files: 1 });
});

test('the key’s own project is told of, the largest first', async () => {
  const { id, key } = await slipway.project(tenant, { maxBytesPerUploader: 5000 });
  const other = await slipway.project(await slipway.tenant());
  await announce(id, { uploader: 'small' });
  await announce(id, { uploader: 'large' });
  await announce(id, { uploader: 'large' });
  const app = createHttp(slipway.runtime, { stopping: false });
  const get = async (path: string, bearer = key) => {
    const headers = { authorization: `Bearer ${bearer}` };
    return (await app.request(`/api/usage${path}`, { headers }, {})).json();
  };
  const { data } = await get('/uploaders');
  expect(data.map(({ uploader }: { uploader: string }) => uploader)).toEqual(['large', 'small']);
  expect((await get('?uploader=large')).uploader).toEqual({
    uploader: 'large',
    files: { used: 0, reserved: 2, limit: null },
    bytes: { used: 0, reserved: 2000, limit: 5000 },
  });
  expect(await get('/uploaders', other.key)).toEqual({ data: [] });
  expect((await get('?uploader=large', other.key)).uploader.files.reserved).toBe(0);
});
