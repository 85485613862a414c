import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeStreamToFile } from './write-stream-to-file.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'write-stream-'));
});

afterAll(() => rm(folder, { recursive: true }));

test('chunks of any size arrive in order, across batches', async () => {
  const bytes = randomBytes(5_000_000);
  const sizes = [1, 65_536, 3, 1_048_576, 700_001, 2_500_000, bytes.length];
  const chunks: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += chunks.at(-1)?.length ?? 1) {
    chunks.push(Buffer.from(bytes.subarray(at, at + (sizes[chunks.length] ?? 1))));
  }
  const path = join(folder, 'whole');
  const written = await writeStreamToFile(Readable.from(chunks), path, {
    limit: bytes.length,
    idleMs: 60_000,
  });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  expect(written).toEqual({ size: bytes.length, sha256 });
  expect((await readFile(path)).equals(bytes)).toBe(true);
});

test('memory of a chunk’s own is given back; memory that others share is not touched', async () => {
  const shared = Buffer.from(new ArrayBuffer(300_000)).fill('shared');
  const own = Buffer.from(new ArrayBuffer(100_000)).fill('own');
  const expected = Buffer.concat([shared.subarray(0, 200_000), own]);
  const path = join(folder, 'shared');
  await writeStreamToFile(Readable.from([shared.subarray(0, 200_000), own]), path, {
    limit: 300_000,
    idleMs: 60_000,
  });
  expect((await readFile(path)).equals(expected)).toBe(true);
  expect(own.byteLength).toBe(0);
  expect(shared.subarray(0, 6).toString()).toBe('shared');
});

test('a sender that stalls is given up, and slow writing does not count as that', async () => {
  const silent = new Readable({ read() {} });
  silent.push(Buffer.from('a'));
  const path = join(folder, 'stalled');
  const work = writeStreamToFile(silent, path, { limit: 10, idleMs: 100 });
  await expect(work).rejects.toMatchObject({ code: 'upload_stalled', status: 408 });
  // The answer still goes out on this connection.
  expect(silent.destroyed).toBe(false);
});
