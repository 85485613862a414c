import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { createKernel } from '@repo/foundation/http';
import { createLogger, createMetrics } from '@repo/foundation/telemetry';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeStorage } from '../storage.contract.ts';
import type { Storage } from '../storage.ts';
import { createUrlSigner } from '../url-signer.ts';
import { createDiskStorage } from './disk-storage.ts';
import { mountIngest } from './http.ts';

let root: string;
let server: Server;
let storage: Storage;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'disk-storage-'));
  const signer = createUrlSigner('a secret of at least thirty-two characters');
  const app = createKernel({
    log: createLogger({ service: 'test', level: 'silent' }),
    metrics: createMetrics('test'),
    errorDocs: 'http://localhost/docs/errors',
  });
  mountIngest(app, { root, signer, now: () => new Date() });
  server = createServer(getRequestListener(app.fetch));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  storage = createDiskStorage({ root, publicUrl: `http://127.0.0.1:${port}`, signer });
});

afterAll(async () => {
  server.close();
  await rm(root, { recursive: true });
});

describeStorage('disk storage', async () => storage);

const grant = () =>
  storage.signUpload({
    key: 'cut/abcdefgh12345678.png',
    size: 1_000_000,
    type: 'image/png',
    expiresInSeconds: 60,
  });

test('a connection that is cut in the middle leaves nothing behind', async () => {
  const { url } = await grant();
  const { pathname, search, port } = new URL(url);
  const socket = connect(Number(port), '127.0.0.1');
  socket.write(
    `PUT ${pathname}${search} HTTP/1.1\r\nhost: x\r\ncontent-type: image/png\r\ncontent-length: 1000000\r\n\r\n`,
  );
  socket.write(Buffer.alloc(300_000));
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(await readdir(join(root, 'temporary'))).toHaveLength(1);
  socket.destroy();
  await expect.poll(() => readdir(join(root, 'temporary'))).toHaveLength(0);
  expect(await storage.head('cut/abcdefgh12345678.png')).toBeNull();
});

test('a refusal says what was expected and what came', async () => {
  const { url, headers } = await grant();
  const response = await fetch(url, { method: 'PUT', headers, body: 'four' });
  expect(response.status).toBe(422);
  expect(await response.json()).toMatchObject({
    error: { code: 'size_mismatch', details: { expected: 1_000_000, received: 4 } },
  });
});

test('browsers of any origin may send', async () => {
  const { url } = await grant();
  const response = await fetch(url, {
    method: 'OPTIONS',
    headers: {
      origin: 'https://app.example.com',
      'access-control-request-method': 'PUT',
      'access-control-request-headers': 'content-type',
    },
  });
  expect(response.status).toBe(204);
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
  expect(response.headers.get('access-control-allow-methods')).toContain('PUT');
  expect(response.headers.get('access-control-allow-headers')).toContain('content-type');
});

test('a key that Slipway did not make never reaches the file system', async () => {
  for (const key of [
    '../../etc/passwd',
    'a/../../b',
    'a/b',
    'a/abcdefgh/../c',
    'a/abcdefghij.PNG',
  ]) {
    await expect(storage.read(key)).rejects.toThrow('no such object');
  }
});
