import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { startFauxqs } from 'fauxqs';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { SlipwayContext } from '../../context.ts';
import { completeUpload } from '../../file/complete-upload.ts';
import { deleteFile } from '../../file/delete.ts';
import { requestUpload } from '../../file/request-upload.ts';
import { signParts } from '../../file/sign-parts.ts';
import { type FileRow, file } from '../../file/table.ts';
import { derivative } from '../../image/table.ts';
import { reconcileStorage } from '../../reconcile/reconcile.ts';
import type { TestTenant } from '../../testing/index.ts';
import { usageOf } from '../../usage/usage-of.ts';
import { storageLeftover } from '../table.ts';
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

/** From one storage to another, to its end, and without what was left behind. */
async function moveAll(storageId: string | null): Promise<void> {
  const move = await startMove(ctx, { projectId, storageId });
  await moveFiles(ctx, { moveId: move.id }, run());
  expect(await moveRow(ctx, move.id)).toMatchObject({ status: 'done', problem: null });
  await clearLeftovers(after(ctx, 11 * MINUTE_MS), { projectId });
}

test('fifty files go from the disk to a bucket and back, interrupted again and again, and stay what they were', async () => {
  const sizes = Array.from({ length: 49 }, (_, index) => index * 997);
  const known = new Map<string, Buffer>();
  for (const size of [20 * MIB, ...sizes]) {
    const bytes = randomBytes(size);
    known.set((await put(bytes)).id, bytes);
  }
  const expectAll = async (storageId: string | null) => {
    for (const [id, bytes] of known) {
      const row = await rowOf(ctx, id);
      expect(row).toMatchObject({ status: 'ready', storageId, sha256: sha256(bytes) });
      expect(sha256((await bytesOf(ctx, row)) ?? Buffer.alloc(0))).toBe(sha256(bytes));
    }
  };
  const usage = await usageOf(ctx.db, projectId);
  for (const storageId of [bucketId, null]) {
    const from = storageId === null ? bucketId : null;
    const { id: moveId, totalFiles } = await startMove(ctx, { projectId, storageId });
    expect(totalFiles).toBe(50);

    // The process is asked to stop in the middle.
    let copied = 0;
    const stopping = new AbortController();
    const stopAfter: Hook = (storage) => ({
      async head(key) {
        copied += 1;
        if (copied > 20) stopping.abort();
        return storage.head(key);
      },
    });
    await moveFiles(withHook(ctx, storageId, stopAfter), { moveId }, { signal: stopping.signal });
    const between = await moveRow(ctx, moveId);
    expect(between).toMatchObject({ status: 'running', turn: null, problem: null });
    expect(between?.movedFiles).toBeGreaterThan(0);
    expect(between?.movedFiles).toBeLessThan(50);

    // The target breaks in the middle of the large file, of which two parts are there.
    const breaking: Hook = (storage) => ({
      writePart: (part) => (part.number === 3 ? broken() : storage.writePart(part)),
    });
    await moveFiles(withHook(ctx, storageId, breaking), { moveId }, run());
    expect(await moveRow(ctx, moveId)).toMatchObject({ status: 'running', movedFiles: 49 });

    let written: number[] = [];
    const counting: Hook = (storage) => ({
      writePart(part) {
        written = [...written, part.number];
        return storage.writePart(part);
      },
    });
    await moveFiles(withHook(ctx, storageId, counting), { moveId }, run());
    expect(await moveRow(ctx, moveId)).toMatchObject({
      status: 'done',
      movedFiles: 50,
      movedBytes: [...known.values()].reduce((sum, { length }) => sum + length, 0),
      problem: null,
    });
    // Our disk compares each part with its digest, so that those that were there are believed.
    expect(written).toEqual(storageId === null ? [3] : [1, 2, 3]);
    await expectAll(storageId);

    // Both hold them for a while, for those who read; then only the target does.
    expect(await keysIn(ctx, { projectId, storageId: from })).toHaveLength(50);
    await clearLeftovers(ctx, { projectId });
    expect(await keysIn(ctx, { projectId, storageId: from })).toHaveLength(50);
    await clearLeftovers(after(ctx, 11 * MINUTE_MS), { projectId });
    expect(await keysIn(ctx, { projectId, storageId: from })).toEqual([]);
    await expectAll(storageId);
  }
  expect(await usageOf(ctx.db, projectId)).toEqual(usage);
}, 120_000);

test('a file that is known by the digests of its parts alone is compared by these', async () => {
  const bytes = randomBytes(20 * MIB);
  const upload = { name: 'film.bin', size: bytes.length, type: 'application/octet-stream' };
  const ticket = await requestUpload(ctx, { projectId, upload: { ...upload, multipart: true } });
  const partSize = ticket.multipart?.partSize ?? 0;
  const parts = [1, 2, 3].map((number) => {
    const body = bytes.subarray((number - 1) * partSize, number * partSize);
    return { number, body, sha256: sha256(body) };
  });
  const query = new URL(ticket.url).searchParams;
  const request = {
    parts: parts.map(({ number, sha256: digest }) => ({ number, sha256: digest })),
  };
  await signParts(ctx, { fileId: ticket.id, query, request });
  const { uploadId } = await rowOf(ctx, ticket.id);
  for (const part of parts)
    await ctx.storages.default.writePart({
      ...part,
      key: ticket.key,
      uploadId: uploadId ?? '',
      size: part.body.length,
      partSize,
    });
  await completeUpload(ctx, { projectId, upload: { id: ticket.id } });
  // As of a storage that compares parts and knows nothing of the whole.
  await ctx.db.update(file).set({ sha256: null }).where(eq(file.id, ticket.id));
  expect((await rowOf(ctx, ticket.id)).checksum).toMatch(/^sha256-parts:/);
  await moveAll(bucketId);
  const row = await rowOf(ctx, ticket.id);
  expect(row).toMatchObject({ storageId: bucketId, sha256: null });
  expect(sha256((await bytesOf(ctx, row)) ?? Buffer.alloc(0))).toBe(sha256(bytes));
  const wrong = `sha256-parts:${partSize}:${'0'.repeat(64)}`;
  await ctx.db.update(file).set({ checksum: wrong }).where(eq(file.id, ticket.id));
  const { id: moveId } = await startMove(ctx, { projectId, storageId: null });
  await moveFiles(ctx, { moveId }, run());
  expect(await moveRow(ctx, moveId)).toMatchObject({ status: 'running', movedFiles: 0 });
  expect((await rowOf(ctx, ticket.id)).storageId).toBe(bucketId);
});

test('bytes that rotted at the source stay there, are told, and stop no other', async () => {
  const rows = await some(5);
  const [first, second] = rows;
  const rot = async ({ key, type, size }: FileRow, more = 0) =>
    ctx.storages.default.put({ key, type, body: randomBytes(size + more) });
  if (first === undefined || second === undefined) throw new Error('five files');
  await rot(first);
  await rot(second, 1);
  const { id: moveId } = await startMove(ctx, { projectId, storageId: bucketId });
  await moveFiles(ctx, { moveId }, run());
  const move = await moveRow(ctx, moveId);
  expect(move).toMatchObject({ status: 'running', movedFiles: 3 });
  expect(move?.problem).toMatch(/^note\.bin: Expected .* the file stays where it is/);
  for (const { id } of [first, second]) expect((await rowOf(ctx, id)).storageId).toBeNull();
  // Somebody deletes them, and the move has its end.
  for (const { id } of [first, second]) await deleteFile(ctx, { projectId, fileId: id });
  await moveFiles(ctx, { moveId }, run());
  expect(await moveRow(ctx, moveId)).toMatchObject({ status: 'done', problem: null });
});

test('a target that stores other bytes than it was given never gets the file', async () => {
  const row = await put(randomBytes(1000));
  const large = await put(randomBytes(9 * MIB));
  const flip = (body: Uint8Array) => Buffer.from(body).fill(7, 500, 501);
  const lying: Hook = (storage) => ({
    put: (input) => storage.put({ ...input, body: flip(input.body) }),
    writePart: (part) => storage.writePart({ ...part, body: flip(part.body) }),
  });
  const { id: moveId } = await startMove(ctx, { projectId, storageId: bucketId });
  await moveFiles(withHook(ctx, bucketId, lying), { moveId }, run());
  expect(await moveRow(ctx, moveId)).toMatchObject({ status: 'running', movedFiles: 0 });
  for (const { id } of [row, large]) expect((await rowOf(ctx, id)).storageId).toBeNull();
  const lossy: Hook = () => ({ put: async () => undefined });
  await moveFiles(withHook(ctx, bucketId, lossy), { moveId }, run());
  expect((await rowOf(ctx, row.id)).storageId).toBeNull();
  await moveFiles(ctx, { moveId }, run());
  expect(await moveRow(ctx, moveId)).toMatchObject({ status: 'done', movedFiles: 2 });
});

test('what comes by an old URL after the move is removed once that URL is over', async () => {
  const row = await put(randomBytes(100));
  await moveAll(bucketId);
  expect(await keysIn(ctx, { projectId, storageId: null })).not.toContain(row.key);
  const late = randomBytes(100);
  await world.slipway.putBytes({ key: row.key, bytes: late, type: row.type });
  await clearLeftovers(after(ctx, 30 * MINUTE_MS), { projectId });
  expect(await keysIn(ctx, { projectId, storageId: null })).toContain(row.key);
  expect((await bytesOf(ctx, row))?.equals(late)).toBe(true);
  // That is what lies there; the file is what it was.
  const now = await rowOf(ctx, row.id);
  expect(sha256((await bytesOf(ctx, now)) ?? late)).toBe(row.sha256);
  await clearLeftovers(after(ctx, 65 * MINUTE_MS), { projectId });
  expect(await keysIn(ctx, { projectId, storageId: null })).not.toContain(row.key);
  expect(await leftovers()).toEqual([]);
});

test('somebody who reads goes on reading, whichever row was read', async () => {
  const row = await put(randomBytes(3 * MIB));
  const stream = await (await ctx.storages.of(null)).read(row.key);
  const { id: moveId } = await startMove(ctx, { projectId, storageId: bucketId });
  await moveFiles(ctx, { moveId }, run());
  // Begun before, and begun with what was read before.
  const chunks: Buffer[] = [];
  for await (const chunk of stream ?? []) chunks.push(chunk as Buffer);
  expect(sha256(Buffer.concat(chunks))).toBe(row.sha256);
  expect(sha256((await bytesOf(ctx, row)) ?? Buffer.alloc(0))).toBe(row.sha256);
});

test('pictures that were made from a file do not keep its old storage', async () => {
  const row = await put(randomBytes(100));
  const key = `${projectId}/picture000000000000000000000000.webp`;
  const body = randomBytes(50);
  await ctx.storages.default.put({ key, type: 'image/webp', body });
  const picture = { spec: 'w=1', key, size: 50, type: 'image/webp', sha256: sha256(body) };
  await ctx.db.insert(derivative).values({ fileId: row.id, ...picture, width: 1, height: 1 });
  await moveAll(bucketId);
  expect(await ctx.db.select().from(derivative).where(eq(derivative.fileId, row.id))).toEqual([]);
  expect(await keysIn(ctx, { projectId, storageId: null })).not.toContain(key);
});

test('comparing storages with rows finds nothing to do, during a move and after it', async () => {
  await some(12);
  await put(randomBytes(20 * MIB));
  const { id: moveId } = await startMove(ctx, { projectId, storageId: bucketId });
  const nothing = { removedObjects: 0, lostObjects: 0, abortedMultiparts: 0 };
  const comparing: Hook = (storage) => ({
    async writePart(part) {
      if (part.number === 2) {
        for (const id of [null, bucketId])
          expect(await reconcileStorage(after(ctx, 5 * DAY_MS), id)).toMatchObject(nothing);
      }
      return storage.writePart(part);
    },
  });
  await moveFiles(withHook(ctx, bucketId, comparing), { moveId }, run());
  expect(await moveRow(ctx, moveId)).toMatchObject({
    status: 'done',
    movedFiles: 13,
    problem: null,
  });
  await clearLeftovers(after(ctx, 2 * DAY_MS), { projectId });
  for (const id of [null, bucketId])
    expect(await reconcileStorage(after(ctx, 5 * DAY_MS), id)).toMatchObject(nothing);
});
