import { createHash } from 'node:crypto';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { startFauxqs } from 'fauxqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createS3Client } from '../storage/s3/s3-storage.ts';
import { startTestSlipway, type TestSlipway, type TestTenant } from '../testing/index.ts';
import { completeUpload } from './complete-upload.ts';
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
