import { hash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { startFauxqs } from 'fauxqs';
import { afterAll, expect, test } from 'vitest';
import { UNPROBED } from '../capabilities.ts';
import { describeStorage } from '../storage.contract.ts';
import { createS3Client, type S3Options } from './client.ts';
import { createS3Storage } from './s3-storage.ts';

const server = await startFauxqs({ port: 0, logger: false });
const options: S3Options = {
  bucket: 'contract',
  endpoint: `http://127.0.0.1:${server.port}`,
  region: 'us-east-1',
  accessKeyId: 'test',
  secretAccessKey: 'test',
  forcePathStyle: true,
};
await createS3Client(options).send(new CreateBucketCommand({ Bucket: options.bucket }));

afterAll(() => server.stop());

// It knows neither signatures nor conditions, nor lists parts: what is safe to assume of any server is enough.
describeStorage('S3 storage on fauxqs, unprobed', async () => createS3Storage(options), {
  signatures: false,
  order: false,
  thorough: false,
});

test('size, type, create-only and digest are inside the signature', async () => {
  const able = { ...UNPROBED, createOnlyPut: true, verifiesPut: true };
  const grant = await createS3Storage(options, async () => able).signUpload({
    key: 'contract/abcdefgh12345678.png',
    size: 5,
    type: 'image/png',
    sha256: 'ab'.repeat(32),
    expiresInSeconds: 60,
  });
  const query = new URL(grant.url).searchParams;
  expect(query.get('X-Amz-SignedHeaders')?.split(';')).toEqual([
    'content-length',
    'content-type',
    'host',
    'if-none-match',
    'x-amz-checksum-sha256',
  ]);
  expect(query.get('X-Amz-Expires')).toBe('60');
  expect(grant.headers).toEqual({
    'content-type': 'image/png',
    'if-none-match': '*',
    'x-amz-checksum-sha256': Buffer.from('ab'.repeat(32), 'hex').toString('base64'),
  });
});

test('a refusal is no missing object and no fault of ours: the storage is unavailable', async () => {
  // So S3 answers for a missing key when the credentials lack s3:ListBucket.
  const denied = createServer((_, response) => {
    response.statusCode = 403;
    response.end();
  });
  await new Promise<void>((resolve) => denied.listen(0, '127.0.0.1', resolve));
  const { port } = denied.address() as AddressInfo;
  const storage = createS3Storage({ ...options, endpoint: `http://127.0.0.1:${port}` });
  const key = 'contract/abcdefgh12345678.png';
  for (const work of [storage.head, storage.read, storage.delete]) {
    await expect(work(key)).rejects.toMatchObject({ code: 'storage_unavailable', status: 503 });
  }
  denied.close();
});

test.each([true, false])(
  'our own PUTs bring their digest where that is compared: %s',
  async (verifiesPut) => {
    const digests: (string | string[] | undefined)[] = [];
    const noting = createServer((request, response) => {
      digests.push(request.headers['x-amz-checksum-sha256']);
      request.resume().on('end', () => response.end());
    });
    await new Promise<void>((resolve) => noting.listen(0, '127.0.0.1', resolve));
    const { port } = noting.address() as AddressInfo;
    const storage = createS3Storage(
      { ...options, endpoint: `http://127.0.0.1:${port}` },
      async () => ({ ...UNPROBED, verifiesPut }),
    );
    const body = Buffer.from('some bytes');
    await storage.put({ key: 'contract/abcdefgh12345678.txt', type: 'text/plain', body });
    expect(digests).toEqual([verifiesPut ? hash('sha256', body, 'base64') : undefined]);
    noting.closeAllConnections();
    noting.close();
  },
);
