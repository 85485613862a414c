import { createHash } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as pause } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { createS3Storage } from '../storage/s3/s3-storage.ts';
import type { Storage } from '../storage/storage.ts';
import { readPart } from '../storage-connection/move/read-part.ts';
import { chunksOf, digestsOf, firstBytes } from './read-object.ts';

const key = 'prj_1/abcdefgh12345678';
const UNAVAILABLE = { code: 'storage_unavailable' };

const closing: (() => void)[] = [];
afterEach(() => {
  vi.useRealTimers();
  for (const close of closing.splice(0)) close();
});

async function storageThat(answer: (response: ServerResponse) => void): Promise<Storage> {
  const server = createServer((_, response) => answer(response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return createS3Storage({
    bucket: 'hostile',
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    accessKeyId: 'test',
    secretAccessKey: 'test',
    forcePathStyle: true,
  });
}

const CHUNK = Buffer.alloc(64 * 1024, 'x');
const MOST_SENT = 64 * 1024 ** 2;

/** A server that ignores what was asked for, and stops only so that a test can fail. */
async function endless(): Promise<{ storage: Storage; sent: () => number }> {
  let sent = 0;
  const storage = await storageThat((response) => {
    const more = () => {
      if (response.destroyed) return;
      sent += CHUNK.length;
      if (sent > MOST_SENT) response.end();
      else response.write(CHUNK, more);
    };
    more();
  });
  return { storage, sent: () => sent };
}

test('of an object whose server knows no ranges only the first bytes are taken', async () => {
  const { storage, sent } = await endless();
  const first = await firstBytes(storage, { key, size: 10_000_000, bytes: 100 });
  expect(Buffer.from(first).equals(CHUNK.subarray(0, 100))).toBe(true);
  expect(sent()).toBeLessThan(MOST_SENT / 2);
});

test('more bytes than a range has, or than the object, are not read', async () => {
  const { storage, sent } = await endless();
  const reading = async () => {
    for await (const _ of chunksOf(storage, { key, range: { start: 10, end: 99 } }));
  };
  await expect(reading()).rejects.toMatchObject(UNAVAILABLE);
  await expect(digestsOf(storage, { key, size: 1000, partSize: null })).rejects.toMatchObject(
    UNAVAILABLE,
  );
  expect(sent()).toBeLessThan(MOST_SENT / 2);
});

test('an object of just its size is read, in chunks as they come', async () => {
  const storage = await storageThat((response) => response.end(CHUNK));
  const sha256 = createHash('sha256').update(CHUNK).digest('hex');
  const found = await digestsOf(storage, { key, size: CHUNK.length, partSize: 40_000 });
  expect(found.sha256).toBe(sha256);
  expect(found.parts).toHaveLength(2);
});

test.each([
  ['digestsOf', (storage: Storage) => digestsOf(storage, { key, partSize: null })],
  ['firstBytes', (storage: Storage) => firstBytes(storage, { key, size: 1000, bytes: 100 })],
  ['readPart', (storage: Storage) => readPart(storage, { key, start: 0, into: Buffer.alloc(9) })],
])('%s gives up a storage that falls silent in the middle', async (_, read) => {
  let begun = false;
  const storage = await storageThat((response) => {
    response.setHeader('content-length', 100);
    response.write('abc', () => {
      begun = true;
    });
  });
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  let outcome: unknown;
  const done = read(storage).then(
    () => {
      outcome = 'it was read';
    },
    (error: unknown) => {
      outcome = error;
    },
  );
  for (let second = 0; outcome === undefined && second < 120; second += 1) {
    // Sockets are real, and take their time.
    for (let turn = 0; turn < 200 || !begun; turn += 1) await pause();
    await vi.advanceTimersByTimeAsync(1000);
  }
  expect(outcome).toMatchObject(UNAVAILABLE);
  await done;
});

test('a reader that takes its time between two chunks is not taken for a silent storage', async () => {
  const storage = await storageThat((response) => response.end(Buffer.alloc(1024 ** 2)));
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  let size = 0;
  for await (const chunk of chunksOf(storage, { key })) {
    size += chunk.length;
    await vi.advanceTimersByTimeAsync(61_000);
  }
  expect(size).toBe(1024 ** 2);
});
