import { randomBytes } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SlipwayContext } from '../context.ts';
import { file } from '../file/table.ts';
import { verifyFile } from '../file/verify.ts';
import { diskPaths } from '../storage/disk/disk-paths.ts';
import type { Sink } from '../storage/storage.ts';
import { withStorage } from '../testing/index.ts';
import { appendBytes } from './append.ts';
import { openAppending } from './appending.ts';
import { checksum, sha256 } from './testing/client.ts';
import { createGate, loseLocks, otherLocks } from './testing/lose-locks.ts';
import { startTusWorld, type TusWorld } from './testing/world.ts';
import { loadUpload } from './upload.ts';
import { parseUploadChecksum } from './upload-checksum.ts';

let world: TusWorld;

beforeAll(async () => {
  world = await startTusWorld();
});

afterAll(() => world.close());

const BYTES = randomBytes(3_000_000);
const WRONG = randomBytes(3_000_000);
const idOf = (url: string) => new URL(url).pathname.slice('/tus/'.length);

async function fileAt(url: string) {
  const [row] = await world.runtime.db
    .select()
    .from(file)
    .where(eq(file.id, idOf(url)));
  if (row === undefined) throw new Error(`there is no file at ${url}`);
  return row;
}

async function contentAt(url: string): Promise<Buffer> {
  const stream = await world.runtime.storages.default.read((await fileAt(url)).key);
  return stream === null ? Buffer.alloc(0) : buffer(stream);
}

/** Of a process that lost the lock and does not know it yet. */
async function openStale(ctx: SlipwayContext, { url, checked }: { url: string; checked: boolean }) {
  const upload = await loadUpload(ctx, idOf(url));
  const { signal } = new AbortController();
  const appending = await openAppending({ ctx, upload, checked, signal });
  // Chunks are used up.
  return { ...appending, add: (chunk: Buffer) => appending.add(Buffer.from(chunk)) };
}

test.each([
  ['compares what comes', true, 2_000_000],
  // What it has written already would count.
  ['does not', false, 5000],
])(
  'whoever lost the upload reaches nothing of the ready file, also when it %s',
  async (_, checked, bytes) => {
    const { tus } = await world.project();
    const { url } = await tus.create({ length: BYTES.length });
    await tus.patch([url, 0], BYTES.subarray(0, 1000));
    const stale = await openStale(world.jobContext(), { url, checked });
    await stale.add(WRONG.subarray(0, bytes));
    const last = await tus.patch([url, 1000], BYTES.subarray(1000));
    expect(last.headers.get('slipway-status')).toBe('ready');
    await stale.add(WRONG.subarray(bytes));
    await stale.abandon().catch(() => undefined);
    expect(await fileAt(url)).toMatchObject({ status: 'ready', sha256: sha256(BYTES) });
    expect((await contentAt(url)).equals(BYTES)).toBe(true);
  },
);

test('whoever lost the upload writes nothing down, also where the other is not further yet', async () => {
  const { tus } = await world.project();
  const { url } = await tus.create({ length: BYTES.length });
  await tus.patch([url, 0], BYTES.subarray(0, 1000));
  const stale = await openStale(world.jobContext(), { url, checked: false });
  await stale.add(WRONG.subarray(0, 5000));
  const next = await openStale(world.jobContext(), { url, checked: false });
  await expect(stale.commit()).rejects.toMatchObject({ code: 'upload_locked' });
  await next.add(BYTES.subarray(1000));
  await next.commit();
  await tus.head(url);
  expect(await fileAt(url)).toMatchObject({ status: 'ready', sha256: sha256(BYTES) });
  expect((await contentAt(url)).equals(BYTES)).toBe(true);
});

test('a whole upload whose last writer never closed its file becomes a copy of it', async () => {
  const { tus } = await world.project();
  const { url } = await tus.create({ length: BYTES.length });
  const stale = await openStale(world.jobContext(), { url, checked: false });
  await stale.add(BYTES);
  await expect.poll(async () => (await tus.head(url)).offset, { timeout: 5000 }).toBe(BYTES.length);
  expect(await fileAt(url)).toMatchObject({ status: 'ready', sha256: sha256(BYTES) });
  await stale.add(WRONG);
  await stale.abandon().catch(() => undefined);
  expect((await contentAt(url)).equals(BYTES)).toBe(true);
});

test('one after the other goes on in the same file', async () => {
  const { tus } = await world.project();
  const { url } = await tus.create({ length: BYTES.length });
  const names = new Set<string>();
  for (const [start, end] of [
    [0, 10],
    [10, 1000],
    [1000, 2000],
  ] as const) {
    await tus.patch([url, start], BYTES.subarray(start, end));
    const { uploadId } = await fileAt(url);
    const folder = diskPaths(world.runtime.diskRoot ?? '').upload(uploadId ?? '');
    for (const name of await readdir(folder)) if (name.startsWith('bytes')) names.add(name);
  }
  expect([...names]).toEqual(['bytes']);
});

test('a whole upload whose bytes are gone says so', async () => {
  const { tus } = await world.project();
  const { url } = await tus.create({ length: BYTES.length });
  const storage = world.runtime.storages.default;
  const files = storage.appendFiles;
  if (files === null) throw new Error('expected a disk');
  const busy = withStorage(world.jobContext(), {
    ...storage,
    appendFiles: { ...files, publish: () => Promise.reject(new Error('not now')) },
  });
  await appendBytes(busy, {
    fileId: idOf(url),
    offset: 0,
    length: undefined,
    body: Readable.from([Buffer.from(BYTES)]),
    contentLength: BYTES.length,
    checksum: undefined,
  });
  const { status, uploadId } = await fileAt(url);
  expect(status).toBe('verifying');
  const folder = diskPaths(world.runtime.diskRoot ?? '').upload(uploadId ?? '');
  await rm(join(folder, 'bytes'));
  const look = () => verifyFile(world.jobContext(), { fileId: idOf(url) });
  await expect(look()).rejects.toMatchObject({ code: 'object_missing' });
  await rm(folder, { recursive: true });
  await expect(look()).rejects.toMatchObject({ code: 'object_missing' });
});

test.each([
  ['compared', checksum('sha1', WRONG)['upload-checksum'], WRONG.length],
  // What it has written already would count.
  ['not compared', undefined, 5000],
])(
  'a write that comes late, of a request that lost the lock meanwhile, reaches no ready file: %s',
  async (_, said, size) => {
    const { tus } = await world.project();
    const { url } = await tus.create({ length: BYTES.length + 1000 });
    await tus.patch([url, 0], BYTES.subarray(0, 1000));
    const gate = createGate();
    const locks = otherLocks(world);
    const stale = appendBytes(withSlowFiles({ ...world.jobContext(), locks }, gate.pass), {
      fileId: idOf(url),
      offset: 1000,
      length: undefined,
      body: Readable.from([Buffer.from(WRONG.subarray(0, size))]),
      contentLength: size,
      checksum: parseUploadChecksum(said),
    });
    stale.catch(() => undefined);
    await gate.reached;
    await loseLocks(world);
    await expect
      .poll(async () => (await tus.patch([url, 1000], BYTES)).status, { timeout: 10_000 })
      .toBe(204);
    const bytes = Buffer.concat([BYTES.subarray(0, 1000), BYTES]);
    expect(await fileAt(url)).toMatchObject({ status: 'ready', sha256: sha256(bytes) });
    gate.open();
    await expect(stale).rejects.toMatchObject({ status: 503 });
    await locks.close();
    expect((await contentAt(url)).equals(bytes)).toBe(true);
  },
);

/** The last bytes of a request are only written when they may pass. */
function withSlowFiles(ctx: SlipwayContext, pass: () => Promise<void>): SlipwayContext {
  const storage = world.runtime.storages.default;
  const files = storage.appendFiles;
  if (files === null) throw new Error('expected a disk');
  const open: typeof files.open = async (ref) => {
    const opened = await files.open(ref);
    return opened && { ...opened, sink: (options) => slowSink(opened.sink(options), pass) };
  };
  return withStorage(ctx, { ...storage, appendFiles: { ...files, open } });
}

function slowSink(sink: Sink, pass: () => Promise<void>): Sink {
  const end = async () => {
    await pass();
    await sink.end();
  };
  return { ...sink, end };
}
