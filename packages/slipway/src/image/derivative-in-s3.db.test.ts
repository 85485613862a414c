import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { startFauxqs } from 'fauxqs';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eraseFile } from '../file/erase.ts';
import { completeUpload, deleteFile, requestUpload } from '../file/index.ts';
import { createHttp } from '../http.ts';
import { createS3Client } from '../storage/s3/client.ts';
import { startTestSlipway, type TestSlipway } from '../testing/index.ts';

let server: Awaited<ReturnType<typeof startFauxqs>>;
let slipway: TestSlipway;

beforeAll(async () => {
  server = await startFauxqs({ port: 0, logger: false });
  const endpoint = `http://127.0.0.1:${server.port}`;
  const keys = { accessKeyId: 'test', secretAccessKey: 'test' };
  const place = { bucket: 'files', endpoint, region: 'us-east-1', forcePathStyle: true };
  await createS3Client({ ...place, ...keys }).send(new CreateBucketCommand({ Bucket: 'files' }));
  slipway = await startTestSlipway({
    S3_BUCKET: 'files',
    S3_ENDPOINT: endpoint,
    S3_ACCESS_KEY_ID: keys.accessKeyId,
    S3_SECRET_ACCESS_KEY: keys.secretAccessKey,
  });
});

afterAll(async () => {
  await slipway.close();
  await server.stop();
});

test('pictures are kept in the bucket of their file, and sent by us', async () => {
  const tenant = await slipway.tenant();
  const { id: projectId } = await slipway.project(tenant, { visibility: 'public' });
  const create = { width: 600, height: 400, channels: 3, background: '#c86432' } as const;
  const bytes = await sharp({ create }).jpeg().toBuffer();
  const upload = { name: 'a.jpg', size: bytes.length, type: 'image/jpeg' };
  const ticket = await requestUpload(tenant.ctx, { projectId, upload });
  const { headers } = ticket;
  await fetch(ticket.url, { method: 'PUT', headers, body: new Uint8Array(bytes) });
  const { id, url } = await completeUpload(tenant.ctx, { projectId, upload: { id: ticket.id } });
  const get = (query: string) =>
    createHttp(slipway.runtime, { stopping: false }).request(`${url}${query}`, {}, {});
  const objects = async () => {
    const keys: string[] = [];
    for await (const { key } of tenant.ctx.storages.default.list()) keys.push(key);
    return keys;
  };

  // The file itself comes from the bucket; what caches may keep of a picture holds on every storage.
  expect((await get('')).status).toBe(302);
  const picture = await get('?w=320');
  expect(picture.status).toBe(200);
  expect(picture.headers.get('cache-control')).toBe('public, max-age=300, must-revalidate');
  expect((await sharp(Buffer.from(await picture.arrayBuffer())).metadata()).width).toBe(320);
  const etag = picture.headers.get('etag');
  expect((await get('?w=320')).headers.get('etag')).toBe(etag);
  expect(await objects()).toHaveLength(2);

  await deleteFile(tenant.ctx, { projectId, fileId: id });
  await eraseFile(tenant.ctx, { fileId: id });
  expect(await objects()).toEqual([]);
});
