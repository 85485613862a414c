import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { auditEntry } from '@repo/foundation/audit';
import { and, eq, like } from 'drizzle-orm';
import { startFauxqs } from 'fauxqs';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { SlipwayContext } from '../../context.ts';
import { completeUpload } from '../../file/complete-upload.ts';
import { deleteFile } from '../../file/delete.ts';
import { eraseFile } from '../../file/erase.ts';
import { requestUpload } from '../../file/request-upload.ts';
import type { TestTenant } from '../../testing/index.ts';
import { disconnectStorage } from '../disconnect.ts';
import { listStorages } from '../list.ts';
import { storageLeftover, storageMove } from '../table.ts';
import { tendStorages } from '../tend.ts';
import { after, broken, type Hook, moveRow, run, withHook } from '../testing/hooks.ts';
import {
  bytesOf,
  keysIn,
  rowOf,
  sha256,
  startWorld,
  upload,
  type World,
} from '../testing/world.ts';
import { setProjectStorage } from '../use.ts';
import { cancelMove } from './cancel-move.ts';
import { clearLeftovers } from './clear-leftovers.ts';
import { moveFiles } from './move-files.ts';
import { startMove } from './start-move.ts';

const MIB = 1024 ** 2;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

let world: World;
let tenant: TestTenant;
let ctx: SlipwayContext;
let projectId: string;
let bucketId: string;

beforeAll(async () => {
  world = await startWorld(await startFauxqs({ port: 0, logger: false }));
  tenant = await world.slipway.tenant();
  ctx = { ...tenant.ctx };
});
beforeEach(async () => {
  ({ id: projectId } = await world.slipway.project(tenant));
  bucketId = await world.connect(tenant, projectId);
});
afterAll(() => world.close());

const leftovers = () =>
  ctx.db.select().from(storageLeftover).where(eq(storageLeftover.projectId, projectId));
const put = (bytes: Buffer) => upload(world, { ctx, projectId, bytes });
const some = (count: number) =>
  Promise.all(Array.from({ length: count }, (_, index) => put(randomBytes(100 + index))));

test('a file that is deleted while it is copied stays deleted, and nothing of it stays', async () => {
  const rows = await some(8);
  const [doomed] = rows;
  const { id: moveId } = await startMove(ctx, { projectId, storageId: bucketId });
  const deleting: Hook = (storage) => ({
    async put(input) {
      await storage.put(input);
      if (input.key !== doomed?.key) return;
      await deleteFile(ctx, { projectId, fileId: doomed.id });
      await eraseFile(ctx, { fileId: doomed.id });
    },
  });
  await moveFiles(withHook(ctx, bucketId, deleting), { moveId }, run());
  expect(await moveRow(ctx, moveId)).toMatchObject({ status: 'done', movedFiles: 7 });
  expect(await rowOf(ctx, doomed?.id ?? '')).toMatchObject({ status: 'deleted', storageId: null });
  await clearLeftovers(after(ctx, 11 * MINUTE_MS), { projectId });
  const keys = [
    ...(await keysIn(ctx, { projectId, storageId: bucketId })),
    ...(await keysIn(ctx, { projectId, storageId: null })),
  ];
  expect(keys).not.toContain(doomed?.key);
  expect(await keysIn(ctx, { projectId, storageId: bucketId })).toHaveLength(7);
});

test('uploads that were on their way end where they began, then follow; new ones go to the target', async () => {
  const bytes = randomBytes(500);
  const wish = { name: 'late.bin', size: bytes.length, type: 'application/octet-stream' };
  const late = await requestUpload(ctx, { projectId, upload: wish });
  const { id: moveId } = await startMove(ctx, { projectId, storageId: bucketId });
  await moveFiles(ctx, { moveId }, run());
  expect((await listStorages(ctx, projectId)).move).toMatchObject({
    status: 'running',
    waitingFor: 1,
  });
  const fresh = await put(bytes);
  expect(fresh.storageId).toBe(bucketId);
  await world.slipway.putBytes({ key: late.key, bytes, type: wish.type });
  await completeUpload(ctx, { projectId, upload: { id: late.id } });
  expect((await rowOf(ctx, late.id)).storageId).toBeNull();
  await moveFiles(ctx, { moveId }, run());
  const row = await rowOf(ctx, late.id);
  expect(row.storageId).toBe(bucketId);
  expect((await bytesOf(ctx, row))?.equals(bytes)).toBe(true);
  expect((await listStorages(ctx, projectId)).move).toMatchObject({
    status: 'done',
    waitingFor: 0,
    movedFiles: 1,
    totalFiles: 1,
  });
});

test('moved back at once, files survive the clearing up of both moves', async () => {
  const rows = await some(10);
  for (const storageId of [bucketId, null, bucketId, null]) {
    const { id: moveId } = await startMove(ctx, { projectId, storageId });
    const clearing = clearLeftovers(after(ctx, 11 * MINUTE_MS), { projectId });
    await Promise.all([moveFiles(ctx, { moveId }, run()), clearing]);
    // A copy that was taken away while it was written is made again.
    await moveFiles(ctx, { moveId }, run());
    expect(await moveRow(ctx, moveId)).toMatchObject({ status: 'done' });
  }
  await clearLeftovers(after(ctx, 11 * MINUTE_MS), { projectId });
  await clearLeftovers(after(ctx, 2 * DAY_MS), { projectId });
  for (const { id, sha256: digest } of rows) {
    const row = await rowOf(ctx, id);
    expect(row.storageId).toBeNull();
    expect(sha256((await bytesOf(ctx, row)) ?? Buffer.alloc(0))).toBe(digest);
  }
  expect(await keysIn(ctx, { projectId, storageId: bucketId })).toEqual([]);
  expect(await leftovers()).toEqual([]);
});

test('a cancelled move leaves files where they are, and no half of one', async () => {
  const rows = await some(6);
  const large = await put(randomBytes(20 * MIB));
  const { id: moveId } = await startMove(ctx, { projectId, storageId: bucketId });
  const cancelling: Hook = (storage) => ({
    async writePart(part) {
      if (part.number === 2) await cancelMove(ctx, { projectId, moveId });
      return storage.writePart(part);
    },
  });
  await moveFiles(withHook(ctx, bucketId, cancelling), { moveId }, run());
  const move = await moveRow(ctx, moveId);
  expect(move).toMatchObject({ status: 'cancelled' });
  expect((await rowOf(ctx, large.id)).storageId).toBeNull();
  for (const { id, sha256: digest } of rows)
    expect(sha256((await bytesOf(ctx, await rowOf(ctx, id))) ?? Buffer.alloc(0))).toBe(digest);
  await cancelMove(ctx, { projectId, moveId });
  await moveFiles(ctx, { moveId }, run());
  await clearLeftovers(after(ctx, 2 * DAY_MS), { projectId });
  expect(await keysIn(ctx, { projectId, storageId: bucketId })).not.toContain(large.key);
  const open: string[] = [];
  for await (const upload of (await ctx.storages.of(bucketId)).listMultiparts())
    open.push(upload.key);
  expect(open).toEqual([]);
  const entries = await ctx.db
    .select()
    .from(auditEntry)
    .where(and(eq(auditEntry.entityId, moveId), like(auditEntry.action, 'storage_move.%')))
    .orderBy(auditEntry.createdAt);
  expect(entries.map(({ action }) => action)).toEqual([
    'storage_move.started',
    'storage_move.cancelled',
  ]);
});

test('one move at a time, one worker at a move, and no other wish beside it', async () => {
  await some(10);
  const { id: moveId } = await startMove(ctx, { projectId, storageId: bucketId });
  await expect(startMove(ctx, { projectId, storageId: null })).rejects.toMatchObject({
    code: 'conflict',
  });
  await expect(setProjectStorage(ctx, { projectId, storageId: null })).rejects.toMatchObject({
    code: 'conflict',
  });
  await expect(disconnectStorage(ctx, { projectId, storageId: bucketId })).rejects.toMatchObject({
    code: 'conflict',
  });
  let copies = 0;
  const counting: Hook = (storage) => ({
    put(input) {
      copies += 1;
      return storage.put(input);
    },
  });
  const counted = withHook(ctx, bucketId, counting);
  await Promise.all([1, 2, 3].map(() => moveFiles(counted, { moveId }, run())));
  expect(await moveRow(ctx, moveId)).toMatchObject({ status: 'done', movedFiles: 10 });
  expect(copies).toBe(10);
});

test('a process that lost its turn changes nothing any more', async () => {
  const [row] = await some(1);
  const { id: moveId } = await startMove(ctx, { projectId, storageId: bucketId });
  const losing: Hook = (storage) => ({
    async put(input) {
      await storage.put(input);
      if (input.key !== row?.key) return;
      await ctx.db.update(storageMove).set({ turn: 'another' }).where(eq(storageMove.id, moveId));
    },
  });
  await moveFiles(withHook(ctx, bucketId, losing), { moveId }, run());
  expect((await rowOf(ctx, row?.id ?? '')).storageId).toBeNull();
  expect(await moveRow(ctx, moveId)).toMatchObject({ movedFiles: 0, turn: 'another' });
  // It is another's until it falls silent.
  await moveFiles(ctx, { moveId }, run());
  expect(await moveRow(ctx, moveId)).toMatchObject({ movedFiles: 0 });
  await moveFiles(after(ctx, MINUTE_MS), { moveId }, run());
  expect(await moveRow(ctx, moveId)).toMatchObject({ status: 'done', movedFiles: 1 });
});

test.each(['read back after it was written', 'found there from an earlier attempt'])(
  'a bad copy that was %s is not removed by who lost the turn: the file stands on a good one',
  async (when) => {
    const bytes = randomBytes(1000);
    const bad = randomBytes(1000);
    const row = await put(bytes);
    const { id: moveId } = await startMove(ctx, { projectId, storageId: bucketId });
    const target = await ctx.storages.of(bucketId);
    if (when.startsWith('found')) await target.put({ key: row.key, type: row.type, body: bad });
    let taken = false;
    const silent: Hook = (storage) => ({
      put: (input) => storage.put(input.key === row.key ? { ...input, body: bad } : input),
      async read(key, range) {
        const found = await storage.read(key, range);
        if (key !== row.key || found === null || taken) return found;
        taken = true;
        const old = await buffer(found);
        // It takes so long that another process copies the file anew, and switches it over.
        await moveFiles(after(ctx, MINUTE_MS), { moveId }, run());
        expect(await moveRow(ctx, moveId)).toMatchObject({ status: 'done', movedFiles: 1 });
        return Readable.from([old]);
      },
    });
    await moveFiles(withHook(ctx, bucketId, silent), { moveId }, run());
    expect(taken).toBe(true);
    const moved = await rowOf(ctx, row.id);
    expect(moved).toMatchObject({ status: 'ready', storageId: bucketId });
    expect((await bytesOf(ctx, moved))?.equals(bytes)).toBe(true);
  },
);

test('a move that nobody works on goes on by the clock', async () => {
  await some(3);
  const { id: moveId } = await startMove(ctx, { projectId, storageId: bucketId });
  const enqueued: string[] = [];
  const queue: typeof ctx.queue = {
    ...ctx.queue,
    async enqueue(_tx, job, { payload }) {
      enqueued.push(`${job.name} ${JSON.stringify(payload)}`);
    },
  };
  await tendStorages({ ...ctx, queue }, {}, run());
  expect(enqueued).toContain(`storage.move {"moveId":"${moveId}"}`);
  await moveFiles(ctx, { moveId }, run());
  enqueued.length = 0;
  await tendStorages({ ...ctx, queue }, {}, run());
  expect(enqueued).not.toContain(`storage.move {"moveId":"${moveId}"}`);
});

test('two names of one bucket are no move, whoever finds it out', async () => {
  const row = await put(randomBytes(100));
  const own = await ctx.storages.of(null);
  const alias = withHook(ctx, bucketId, () => ({ ...own, name: 'another name of the disk' }));
  await expect(startMove(alias, { projectId, storageId: bucketId })).rejects.toMatchObject({
    code: 'conflict',
  });
  const { id: moveId } = await startMove(ctx, { projectId, storageId: bucketId });
  await moveFiles(alias, { moveId }, run());
  expect(await moveRow(ctx, moveId)).toMatchObject({
    status: 'running',
    problem: expect.stringContaining('the same bucket'),
  });
  // Even when the file is moved, what the other name shows is not taken for a leftover.
  await moveFiles(ctx, { moveId }, run());
  const turned = { ...ctx, storages: { ...ctx.storages, of: () => ctx.storages.of(bucketId) } };
  await clearLeftovers(after(turned, 11 * MINUTE_MS), { projectId });
  expect(await bytesOf(ctx, await rowOf(ctx, row.id))).not.toBeNull();
});

test('a storage that cannot be reached keeps its leftovers known until it can', async () => {
  await some(2);
  const { id: moveId } = await startMove(ctx, { projectId, storageId: bucketId });
  await moveFiles(ctx, { moveId }, run());
  const down = withHook(ctx, null, () => ({ delete: broken }));
  await clearLeftovers(after(down, 11 * MINUTE_MS), { projectId });
  expect(await leftovers()).toHaveLength(2);
  await clearLeftovers(after(ctx, 22 * MINUTE_MS), { projectId });
  expect(await keysIn(ctx, { projectId, storageId: null })).toEqual([]);
});

test('a target that is down is not asked for every file, and asked again later', async () => {
  await some(30);
  const { id: moveId } = await startMove(ctx, { projectId, storageId: bucketId });
  let asked = 0;
  const down: Hook = (storage) => ({
    head(key) {
      asked += 1;
      // The first one is for the question whether both are one bucket.
      return asked < 2 ? storage.head(key) : broken();
    },
  });
  await moveFiles(withHook(ctx, bucketId, down), { moveId }, run());
  expect(asked).toBeLessThan(15);
  expect(await moveRow(ctx, moveId)).toMatchObject({
    status: 'running',
    turn: null,
    movedFiles: 0,
  });
  await moveFiles(ctx, { moveId }, run());
  expect(await moveRow(ctx, moveId)).toMatchObject({ status: 'done', movedFiles: 30 });
});
