import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { startFauxqs } from 'fauxqs';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { createS3Client } from '../client.ts';
import { createS3Storage } from '../s3-storage.ts';
import { AWS } from '../testing/rules.ts';
import { type StrictS3, startStrictS3 } from '../testing/strict-s3.ts';
import { PROBE_FOLDER } from './bench.ts';
import { probeStorage } from './probe.ts';

const HOUR_MS = 3_600_000;

const upstream = await startFauxqs({ port: 0, logger: false });
afterAll(() => upstream.stop());

let bucket: StrictS3;
beforeEach(async () => {
  upstream.purgeAll();
  bucket = await startStrictS3(`http://127.0.0.1:${upstream.port}`);
  const client = createS3Client(bucket.options);
  await client.send(new CreateBucketCommand({ Bucket: bucket.options.bucket }));
});
afterEach(() => bucket.close());

async function everything(): Promise<string[]> {
  const storage = createS3Storage(bucket.options);
  const found: string[] = [];
  for await (const { key } of storage.list()) found.push(key);
  for await (const { key } of storage.listMultiparts()) found.push(`open ${key}`);
  return found.sort();
}

/** As a probe that was killed left it, so long ago by the server's clock. */
async function leaveBehind(name: string, ago: number): Promise<void> {
  const { options } = bucket;
  const client = createS3Client(options);
  const place = { Bucket: options.bucket, Key: `${PROBE_FOLDER}/${name}` };
  const put = await getSignedUrl(client, new PutObjectCommand(place));
  const open = await getSignedUrl(client, new CreateMultipartUploadCommand(place));
  bucket.rules = { ...AWS, clockSkewMs: -ago, expiry: false };
  expect((await fetch(put, { method: 'PUT', body: 'left' })).status).toBe(200);
  expect((await fetch(open, { method: 'POST' })).status).toBe(200);
  bucket.rules = AWS;
}

test('leaves nothing, and removes what a killed probe left, but not what another one uses', async () => {
  await leaveBehind('oldoldoldold', 2 * HOUR_MS);
  await leaveBehind('youngyoungyoung', HOUR_MS / 2);
  await createS3Storage(bucket.options).put({
    key: 'prj_1/abcdefgh12345678.png',
    type: 'image/png',
    body: Buffer.from('a file'),
  });
  await probeStorage(bucket.options);
  expect(await everything()).toEqual([
    `open ${PROBE_FOLDER}/youngyoungyoung`,
    'prj_1/abcdefgh12345678.png',
    `${PROBE_FOLDER}/youngyoungyoung`,
  ]);
}, 30_000);

test('leaves nothing either when it ends in the middle', async () => {
  bucket.rules = { ...AWS, busy: ['CompleteMultipartUpload'] };
  await expect(probeStorage(bucket.options)).rejects.toThrow();
  bucket.rules = AWS;
  expect(await everything()).toEqual([]);
}, 30_000);

test('a bucket that takes no upload tells nothing about the rest', async () => {
  bucket.rules = { ...AWS, denied: ['PutObject'] };
  await expect(probeStorage(bucket.options)).rejects.toThrow(/403 AccessDenied/);
});

test.each([429, 502, 503, 504])(
  '%i is no "no"',
  async (status) => {
    const busy = createServer((_, response) => {
      response.statusCode = status;
      response.end();
    });
    await new Promise<void>((resolve) => busy.listen(0, '127.0.0.1', resolve));
    const { port } = busy.address() as AddressInfo;
    const options = { ...bucket.options, endpoint: `http://127.0.0.1:${port}` };
    await expect(probeStorage(options)).rejects.toThrow(/busy/);
    busy.close();
  },
  30_000,
);

test.each([
  [500, { copy: false }],
  [501, { copy: false }],
])(
  'a server that says %i to a request is not capable of it',
  async (status, expected) => {
    bucket.rules = { ...AWS, fails: { operation: 'CopyObject', status } };
    expect(await probeStorage(bucket.options)).toMatchObject({ ...expected, multipart: true });
  },
  30_000,
);
