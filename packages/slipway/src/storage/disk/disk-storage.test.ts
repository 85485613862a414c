import { chmod, mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { getRequestListener } from '@hono/node-server';
import { createKernel } from '@repo/foundation/http';
import { createLogger, createMetrics } from '@repo/foundation/telemetry';
import { createUrlSigner } from '@repo/foundation/url-signer';
import { afterAll, expect, test } from 'vitest';
import { describeStorage } from '../storage.contract.ts';
import { diskPaths } from './disk-paths.ts';
import { createDiskStorage } from './disk-storage.ts';
import { mountIngest } from './http.ts';
import { ingestToDisk } from './ingest.ts';

const root = await mkdtemp(join(tmpdir(), 'disk-storage-'));
const signer = createUrlSigner('a secret of at least thirty-two characters', 'test');
const app = createKernel({
  log: createLogger({ service: 'test', level: 'silent' }),
  metrics: createMetrics('test'),
  errorDocs: 'http://localhost/docs/errors',
  uploadPaths: ['/ingest/'],
});
mountIngest(app, { root, signer, now: () => new Date(), idleMs: 1_000 });
const server = createServer(getRequestListener(app.fetch));
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const { port } = server.address() as AddressInfo;
const storage = createDiskStorage({ root, publicUrl: `http://127.0.0.1:${port}`, signer });

afterAll(async () => {
  server.close();
  await rm(root, { recursive: true });
});

describeStorage('disk storage', async () => storage);

const KEY = 'cut/abcdefgh12345678.png';
const grant = (key = KEY) =>
  storage.signUpload({ key, size: 1_000_000, type: 'image/png', expiresInSeconds: 60 });

/** A PUT that sends its first bytes and then nothing. */
async function begin(key = KEY) {
  const { url } = await grant(key);
  const { pathname, search, port } = new URL(url);
  const socket = connect(Number(port), '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk.toString();
  });
  socket.write(
    `PUT ${pathname}${search} HTTP/1.1\r\nhost: x\r\ncontent-type: image/png\r\ncontent-length: 1000000\r\n\r\n`,
  );
  socket.write(Buffer.alloc(300_000));
  await expect.poll(() => storage.isReceiving(key)).toBe(true);
  return { socket, url, answer: () => answer };
}

const store = (key: string, bytes = Buffer.from('abc')) =>
  ingestToDisk(root, {
    key,
    body: Readable.from([Buffer.from(bytes)]),
    size: bytes.length,
    type: 'text/plain',
    sha256: undefined,
  });

const temporaries = () => readdir(join(root, 'temporary'));
const claims = () => readdir(join(root, 'claims'));
const ago = (ms: number) => new Date(Date.now() - ms);

test('a connection that is cut in the middle leaves nothing behind', async () => {
  const { socket } = await begin();
  await expect.poll(temporaries).toHaveLength(1);
  socket.destroy();
  await expect.poll(temporaries).toHaveLength(0);
  await expect.poll(claims).toHaveLength(0);
  expect(await storage.head(KEY)).toBeNull();
});

test('while one request sends, another is told to wait and writes nothing', async () => {
  const { socket, url } = await begin();
  await expect.poll(temporaries).toHaveLength(1);
  const body = Buffer.alloc(1_000_000);
  const init = { method: 'PUT', headers: { 'content-type': 'image/png' }, body };
  const second = await fetch(url, init);
  expect(second.status).toBe(409);
  expect(second.headers.get('retry-after')).toBe('15');
  expect(await second.json()).toMatchObject({ error: { code: 'upload_in_progress' } });
  expect(await temporaries()).toHaveLength(1);
  socket.destroy();
  await expect.poll(claims).toHaveLength(0);
});

test('the claim of a process that ended is taken over', async () => {
  const key = 'claim/abcdefgh12345678.txt';
  await store('claim/abcdefgh00000000.txt');
  await writeFile(diskPaths(root).claim(key), '');
  await expect(store(key)).rejects.toMatchObject({ code: 'upload_in_progress' });
  await utimes(diskPaths(root).claim(key), ago(120_000), ago(120_000));
  expect(await storage.isReceiving(key)).toBe(false);
  await store(key);
  expect(await claims()).toEqual([]);
});

test('an upload that stalls is cut, with the reason, and leaves nothing', async () => {
  const { answer } = await begin();
  await expect.poll(answer, { timeout: 5_000 }).toContain('upload_stalled');
  expect(answer()).toMatch(/^HTTP\/1.1 408 /);
  await expect.poll(temporaries).toHaveLength(0);
  expect(await storage.isReceiving(KEY)).toBe(false);
});

test('what crashed processes left behind is removed, what is being written is not', async () => {
  await store('left/abcdefgh12345678.txt');
  const [temporary, claim] = [join(root, 'temporary', 'old'), join(root, 'claims', 'old')];
  for (const path of [temporary, claim]) {
    await writeFile(path, '');
    await utimes(path, ago(7_200_000), ago(7_200_000));
  }
  const young = join(root, 'temporary', 'young');
  await writeFile(young, '');
  expect(await storage.tidy()).toBe(2);
  expect(await temporaries()).toEqual(['young']);
  await rm(young);
});

test('an aborted upload gives back its room, also what it replaced', async () => {
  const key = 'parts/abcdefgh12345678.bin';
  const uploadId = await storage.createMultipart({ key, type: 'a/b', digests: false });
  const part = { key, uploadId, size: 50_000, partSize: 50_000 };
  for (const number of [1, 1, 2])
    await storage.writePart({ ...part, number, body: Buffer.alloc(50_000, number) });
  const folder = diskPaths(root).upload(uploadId);
  const used = async () => {
    const names = await readdir(folder).catch(() => []);
    const sizes = await Promise.all(
      names.map(async (name) => (await stat(join(folder, name))).size),
    );
    return sizes.reduce((sum, size) => sum + size, 0);
  };
  expect(await used()).toBeGreaterThanOrEqual(100_000);
  expect(await used()).toBeLessThan(110_000);
  await storage.abortMultipart({ key, uploadId });
  expect(await used()).toBe(0);
  expect(await temporaries()).toEqual([]);
});

test('no other user of the machine can read what is stored', async () => {
  const key = 'modes/abcdefgh12345678.txt';
  await store(key);
  const { object, meta } = diskPaths(root);
  const mode = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);
  expect(await mode(object(key))).toBe('600');
  expect(await mode(meta(key))).toBe('600');
  for (const folder of ['objects', 'objects/modes', 'temporary', 'claims'])
    expect(await mode(join(root, folder)), folder).toBe('700');
  await chmod(root, 0o755);
  await storage.tidy();
  expect(await mode(root)).toBe('700');
});

test('a digest that cannot be read, or belongs to another file, counts as unknown', async () => {
  const key = 'meta/abcdefgh12345678.txt';
  await store(key);
  expect((await storage.head(key))?.sha256).toHaveLength(64);
  for (const broken of ['{"type":"te', '[]', 'null', '{"type":1}']) {
    await writeFile(diskPaths(root).meta(key), broken);
    expect(await storage.head(key)).toMatchObject({ size: 3, type: null, sha256: null });
  }
  const foreign = { type: 'text/plain', sha256: 'ab'.repeat(32), inode: '1' };
  await writeFile(diskPaths(root).meta(key), JSON.stringify(foreign));
  expect((await storage.head(key))?.sha256).toBeNull();
});

test('a PUT that fails while it is stored leaves no object and no digest', async () => {
  const key = 'fails/abcdefgh12345678.txt';
  await store('fails/abcdefgh00000000.txt');
  // A folder in the way of the digest.
  await mkdir(diskPaths(root).meta(key));
  await expect(store(key)).rejects.toMatchObject({ code: 'EISDIR' });
  expect(await storage.head(key)).toBeNull();
  expect(await temporaries()).toEqual([]);
  expect(await claims()).toEqual([]);
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
