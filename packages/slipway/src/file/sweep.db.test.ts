import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { auditEntry } from '@repo/foundation/audit';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { SlipwayContext } from '../context.ts';
import { diskPaths } from '../storage/disk/disk-paths.ts';
import {
  startTestSlipway,
  type TestSlipway,
  type TestTenant,
  withStorage,
} from '../testing/index.ts';
import { completeUpload } from './complete-upload.ts';
import { deleteFile } from './delete.ts';
import { eraseFile } from './erase.ts';
import { getFile } from './get.ts';
import { requestUpload } from './request-upload.ts';
import type { RequestUpload } from './schema.ts';
import { sweepFiles } from './sweep.ts';
import { file } from './table.ts';

const TEXT = Buffer.from('a few words');

let slipway: TestSlipway;
let tenant: TestTenant;
let projectId: string;
let root: string;

beforeAll(async () => {
  slipway = await startTestSlipway();
  tenant = await slipway.tenant();
  root = slipway.runtime.diskRoot ?? '';
});

beforeEach(async () => {
  ({ id: projectId } = await slipway.project(tenant));
});

afterAll(() => slipway.close());

const later = (minutes: number): SlipwayContext => ({
  ...tenant.ctx,
  actor: { type: 'system', job: 'file.sweep' },
  now: () => new Date(Date.now() + minutes * 60_000),
});

const request = (change: Partial<RequestUpload> = {}) => {
  const upload = { name: 'a.txt', size: TEXT.length, type: 'text/plain', ...change };
  return requestUpload(tenant.ctx, { projectId, upload });
};
const put = (key: string) => slipway.putBytes({ key, bytes: TEXT, type: 'text/plain' });
const complete = (id: string, ctx = tenant.ctx) =>
  completeUpload(ctx, { projectId, upload: { id } });

async function uploaded(change: Partial<RequestUpload> = {}) {
  const ticket = await request(change);
  await put(ticket.key);
  return ticket;
}

const statusOf = async (id: string) =>
  (await getFile(tenant.ctx, { projectId, fileId: id })).status;
const rowOf = async (id: string) => {
  const [row] = await tenant.ctx.db.select().from(file).where(eq(file.id, id));
  return row;
};
const filesOnDisk = () => readdir(join(root, 'objects', projectId)).catch(() => []);

test('finishes what nobody completed, rejects what is wrong, expires what never came', async () => {
  const good = await uploaded();
  const bad = await uploaded({ name: 'a.png', type: 'image/png' });
  const absent = await request();
  await sweepFiles(later(6));
  expect(await statusOf(good.id)).toBe('ready');
  expect(await statusOf(bad.id)).toBe('rejected');
  expect(await statusOf(absent.id)).toBe('pending');
  await sweepFiles(later(61));
  expect(await statusOf(absent.id)).toBe('expired');
  await expect(complete(absent.id)).rejects.toMatchObject({ code: 'upload_expired' });
});

test('expiring leaves one audit entry, and frees place and customId', async () => {
  ({ id: projectId } = await slipway.project(tenant, { maxFiles: 1 }));
  const absent = await request({ customId: 'cover' });
  await expect(request({ customId: 'cover' })).rejects.toMatchObject({ status: 422 });
  await Promise.all([sweepFiles(later(61)), sweepFiles(later(61))]);
  const entries = await tenant.ctx.db
    .select()
    .from(auditEntry)
    .where(and(eq(auditEntry.entityId, absent.id), eq(auditEntry.action, 'file.expired')));
  expect(entries).toMatchObject([{ actorType: 'system', organizationId: tenant.organizationId }]);
  await request({ customId: 'cover' });
});

test('leaves uploads alone that are only seconds old', async () => {
  const { id } = await uploaded();
  await sweepFiles(later(0));
  expect(await statusOf(id)).toBe('pending');
});

test('an upload that is running when its URL expires does not expire', async () => {
  const { id, key } = await request();
  await mkdir(join(root, 'claims'), { recursive: true });
  const claim = diskPaths(root).claim(key);
  await writeFile(claim, '');
  await sweepFiles(later(61));
  expect(await statusOf(id)).toBe('pending');
  const silent = new Date(Date.now() - 120_000);
  await utimes(claim, silent, silent);
  await sweepFiles(later(61));
  expect(await statusOf(id)).toBe('expired');
});

test('bytes that arrive after the file was deleted are erased once the URL is over', async () => {
  const { id, key } = await uploaded();
  await complete(id);
  await deleteFile(tenant.ctx, { projectId, fileId: id });
  await eraseFile(tenant.ctx, { fileId: id });
  expect(await filesOnDisk()).toEqual([]);
  await put(key);
  expect(await filesOnDisk()).toHaveLength(2);
  await sweepFiles(later(30));
  expect(await rowOf(id)).toMatchObject({ erasedAt: null });
  await sweepFiles(later(62));
  expect(await filesOnDisk()).toEqual([]);
  expect((await rowOf(id))?.erasedAt).not.toBeNull();
});

test('a PUT that races with completing and deleting leaves nothing after the sweep', async () => {
  for (let round = 0; round < 20; round += 1) {
    const { id, key } = await uploaded();
    await complete(id);
    const again = async () => {
      for (let attempt = 0; attempt < 3; attempt += 1) await put(key).catch(() => undefined);
    };
    const remove = async () => {
      await deleteFile(tenant.ctx, { projectId, fileId: id });
      await eraseFile(tenant.ctx, { fileId: id });
    };
    await Promise.all([again(), remove()]);
  }
  await sweepFiles(later(62));
  expect(await filesOnDisk()).toEqual([]);
});

test('a rejection is answered though its bytes cannot be erased, and they are erased later', async () => {
  const { id } = await uploaded({ name: 'a.png', type: 'image/png' });
  const storage = {
    ...tenant.ctx.storages.default,
    delete: () => Promise.reject(new Error('busy')),
  };
  const work = complete(id, withStorage(tenant.ctx, storage));
  await expect(work).rejects.toMatchObject({ code: 'type_mismatch' });
  expect(await filesOnDisk()).toHaveLength(2);
  await sweepFiles(later(62));
  expect(await filesOnDisk()).toEqual([]);
});

test('one file’s problem stops no other', async () => {
  const tickets = [await uploaded(), await uploaded(), await uploaded()];
  const broken = tickets[1]?.key;
  const storage = tenant.ctx.storages.default;
  const head = vi.fn((key: string) =>
    key === broken ? Promise.reject(new TypeError('broken')) : storage.head(key),
  );
  const result = await sweepFiles(withStorage(later(6), { ...storage, head }));
  expect(result.waiting).toBe(1);
  const states = await Promise.all(tickets.map(({ id }) => statusOf(id)));
  expect(states).toEqual(['ready', 'pending', 'ready']);
});

test('a digest that was cut in the middle of writing is no obstacle', async () => {
  const { id, key } = await uploaded();
  await writeFile(diskPaths(root).meta(key), '{"type":"te');
  await sweepFiles(later(6));
  expect(await statusOf(id)).toBe('ready');
});
