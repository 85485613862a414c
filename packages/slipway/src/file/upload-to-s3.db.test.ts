import { createHash } from 'node:crypto';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { startFauxqs } from 'fauxqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHttp } from '../http.ts';
import { createS3Client } from '../storage/s3/client.ts';
import {
  startTestSlipway,
  type TestSlipway,
  type TestTenant,
  withStorage,
} from '../testing/index.ts';
import { completeUpload } from './complete-upload.ts';
import { getFileUrl } from './get-url.ts';
import { requestUpload } from './request-upload.ts';

const BYTES = Buffer.from('a note, stored in a bucket');

let server: Awaited<ReturnType<typeof startFauxqs>>;
let slipway: TestSlipway;
let tenant: TestTenant;
let projectId: string;

beforeAll(async () => {
  server = await startFauxqs({ port: 0, logger: false });
  const endpoint = `http://127.0.0.1:${server.port}`;
  const keys = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = createS3Client({
    bucket: 'files',
    endpoint,
    region: 'us-east-1',
    forcePathStyle: true,
    ...keys,
  });
  await client.send(new CreateBucketCommand({ Bucket: 'files' }));
  slipway = await startTestSlipway({
    S3_BUCKET: 'files',
    S3_ENDPOINT: endpoint,
    S3_ACCESS_KEY_ID: keys.accessKeyId,
    S3_SECRET_ACCESS_KEY: keys.secretAccessKey,
  });
  tenant = await slipway.tenant();
  ({ id: projectId } = await slipway.project(tenant));
});

afterAll(async () => {
  await slipway.close();
  await server.stop();
});

async function upload(sha256: string) {
  const wish = { name: 'note.txt', size: BYTES.length, type: 'text/plain', sha256 };
  const ticket = await requestUpload(tenant.ctx, { projectId, upload: wish });
  const response = await fetch(ticket.url, { method: 'PUT', headers: ticket.headers, body: BYTES });
  expect(response.status).toBe(200);
  return completeUpload(tenant.ctx, { projectId, upload: { id: ticket.id } });
}

test('a bucket behind the same calls: the bytes go there and become ready', async () => {
  const sha256 = createHash('sha256').update(BYTES).digest('hex');
  expect(await upload(sha256)).toMatchObject({ status: 'ready', sha256 });
});

test('a server that stores a checksum without looking at the bytes is not believed', async () => {
  // fauxqs is such a server; the PUT with a wrong digest answers 200 there.
  await expect(upload('ab'.repeat(32))).rejects.toMatchObject({ code: 'digest_mismatch' });
});

test('more than S3 takes in one PUT is refused before anything is stored', async () => {
  const big = await slipway.project(tenant, { maxSize: 10 * 1024 ** 3 });
  const wish = { name: 'film.mov', size: 5 * 1024 ** 3 + 1, type: 'video/quicktime' };
  const call = (size: number) =>
    requestUpload(tenant.ctx, { projectId: big.id, upload: { ...wish, size } });
  await expect(call(wish.size)).rejects.toMatchObject({
    code: 'file_too_large',
    details: { rule: 'maxUploadBytes', expected: 5 * 1024 ** 3 },
  });
  expect((await call(wish.size - 1)).id).toMatch(/^file_/);
});

test('two completions at once read the object back once', async () => {
  const storage = tenant.ctx.storages.default;
  let whole = 0;
  const counting: typeof storage = {
    ...storage,
    read: async (key, range) => {
      if (range === undefined) {
        whole += 1;
        // Long enough for the other completion to come as far.
        await new Promise((resolve) => setTimeout(resolve, 300));
      }
      return storage.read(key, range);
    },
  };
  const ctx = withStorage(tenant.ctx, counting);
  const sha256 = createHash('sha256').update(BYTES).digest('hex');
  const wish = { name: 'note.txt', size: BYTES.length, type: 'text/plain', sha256 };
  const { id, url, headers } = await requestUpload(ctx, { projectId, upload: wish });
  await fetch(url, { method: 'PUT', headers, body: BYTES });
  const once = () => completeUpload(ctx, { projectId, upload: { id } });
  const [first, second] = await Promise.all([once(), once()]);
  expect(first).toEqual(second);
  expect(whole).toBe(1);
});

test('HEAD is answered here, since the bucket’s URL is signed for GET alone', async () => {
  const sha256 = createHash('sha256').update(BYTES).digest('hex');
  const { id } = await upload(sha256);
  const { url } = await getFileUrl(tenant.ctx, { projectId, fileId: id, query: {} });
  const app = createHttp(slipway.runtime, { stopping: false });
  const head = await app.request(url, { method: 'HEAD' }, {});
  expect(head.status).toBe(200);
  expect(head.headers.get('content-length')).toBe(String(BYTES.length));
  expect((await app.request(url, {}, {})).status).toBe(302);
});
