import { createHash, randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { createLocks, type Locks } from '@repo/foundation/locks';
import { eq, sql } from 'drizzle-orm';
import { startFauxqs } from 'fauxqs';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startConditionalCopies } from '../storage/s3/testing/conditional-copies.ts';
import { PROFILES } from '../storage/s3/testing/rules.ts';
import { type StrictS3, startStrictS3 } from '../storage/s3/testing/strict-s3.ts';
import type { Storage } from '../storage/storage.ts';
import { withStorage } from '../testing/index.ts';
import { startTusWorld, type TusWorld } from '../tus/testing/world.ts';
import { completeUpload } from './complete-upload.ts';
import { requestUpload } from './request-upload.ts';
import { file } from './table.ts';

let upstream: Awaited<ReturnType<typeof startFauxqs>>;
let copies: Awaited<ReturnType<typeof startConditionalCopies>>;
let strict: StrictS3;
let world: TusWorld;
/** Of another process. */
let otherLocks: Locks;

beforeAll(async () => {
  upstream = await startFauxqs({ port: 0, logger: false });
  copies = await startConditionalCopies(`http://127.0.0.1:${upstream.port}`);
  strict = await startStrictS3(copies.url, PROFILES.B2);
  world = await startTusWorld(strict.options);
  const { env, log } = world.runtime;
  otherLocks = createLocks({ url: env.DATABASE_URL, log });
});
afterAll(async () => {
  await otherLocks.close();
  await world.close();
  await strict.close();
  await copies.close();
  await upstream.stop();
});

/** A storage whose first copy waits, as one that is far away may. */
function lateCopies(storage: Storage) {
  const reached = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  const late: Storage = {
    ...storage,
    async copy(input) {
      reached.resolve();
      await gate.promise;
      return storage.copy(input);
    },
  };
  return { late, reached: reached.promise, open: gate.resolve };
}

/** A file that has come, to a URL that goes on overwriting, and two processes that may complete it. */
async function begin() {
  const { id: projectId } = await world.project();
  const storage = world.runtime.storages.default;
  const bytes = randomBytes(50_000);
  const upload = { name: 'a.bin', size: bytes.length, type: 'application/octet-stream' };
  const ctx = world.jobContext();
  const { id, url, headers } = await requestUpload(ctx, { projectId, upload });
  const put = async (body: Buffer) =>
    (await fetch(url, { method: 'PUT', headers, body: new Uint8Array(body) })).status;
  expect(await put(bytes)).toBe(200);
  const { late, reached, open } = lateCopies(storage);
  const call = { projectId, upload: { id } };
  // Modules of its own, as another process has.
  vi.resetModules();
  const other = await import('./complete-upload.ts');
  return {
    putOthers: () => put(Buffer.from(bytes.map((byte) => byte ^ 0xff))),
    first: () => completeUpload(withStorage(ctx, storage), call),
    second: () => other.completeUpload({ ...withStorage(ctx, late), locks: otherLocks }, call),
    reached,
    open,
    async expectItsOwnBytes() {
      const [row] = await ctx.db.select().from(file).where(eq(file.id, id));
      expect(row?.status).toBe('ready');
      const stream = await storage.read(row?.key ?? '');
      const stored = stream === null ? null : createHash('sha256').update(await buffer(stream));
      expect(stored?.digest('hex')).toBe(row?.sha256);
    },
  };
}

test('of two processes that complete at once, none lets other bytes in between', async () => {
  const { first, second, reached, open, putOthers, expectItsOwnBytes } = await begin();
  const late = second();
  await reached;
  const soon = first();
  await Promise.race([soon, wait(1_000)]);
  // The URL still overwrites: that is why there is a copy.
  expect(await putOthers()).toBe(200);
  open();
  await Promise.allSettled([soon, late]);
  // Whose copy failed because its source was another one by then leaves it to who comes next.
  await first();
  await expectItsOwnBytes();
});

test('nor does one that was overtaken, because its lock was lost, when its copy comes at last', async () => {
  const { first, second, reached, open, putOthers, expectItsOwnBytes } = await begin();
  const late = second();
  await reached;
  await world.runtime.db.execute(
    sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'locks' and datname = current_database()`,
  );
  await expect.poll(async () => (await first()).status, { timeout: 10_000 }).toBe('ready');
  expect(await putOthers()).toBe(200);
  open();
  await late.catch(() => undefined);
  await expectItsOwnBytes();
});

test('a file that is deleted while it is looked at is deleted, and no fault of the storage', async () => {
  const { id: projectId } = await world.project();
  const storage = world.runtime.storages.default;
  const bytes = randomBytes(1_000);
  const upload = { name: 'a.bin', size: bytes.length, type: 'application/octet-stream' };
  const ctx = world.jobContext();
  const { id, url, headers } = await requestUpload(ctx, { projectId, upload });
  await fetch(url, { method: 'PUT', headers, body: new Uint8Array(bytes) });
  const taken: Storage = {
    ...storage,
    async read() {
      await ctx.db.update(file).set({ status: 'deleted' }).where(eq(file.id, id));
      return null;
    },
  };
  const call = { projectId, upload: { id } };
  await expect(completeUpload(withStorage(ctx, taken), call)).rejects.toMatchObject({
    code: 'file_deleted',
  });
});
