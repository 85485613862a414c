import { auditEntry } from '@repo/foundation/audit';
import { newId, randomToken } from '@repo/foundation/ids';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { event } from '../event/table.ts';
import { completeUpload } from '../file/complete-upload.ts';
import { getFileHistory } from '../file/history.ts';
import { requestUpload } from '../file/request-upload.ts';
import { sweepFiles } from '../file/sweep.ts';
import {
  startTestSlipway,
  type TestSlipway,
  type TestTenant,
  withStorage,
} from '../testing/index.ts';
import { usageOf } from '../usage/usage-of.ts';
import { getUpkeep } from './get-upkeep.ts';
import { reconcileStorage } from './reconcile.ts';
import { startUpkeep } from './start.ts';
import { sweepAction } from './table.ts';

const BYTES = Buffer.from('some words');
const DAY_MS = 86_400_000;

let slipway: TestSlipway;
let tenant: TestTenant;
let projectId: string;

beforeAll(async () => {
  slipway = await startTestSlipway();
  tenant = await slipway.tenant();
});
beforeEach(async () => {
  ({ id: projectId } = await slipway.project(tenant));
});
afterAll(() => slipway.close());

const storage = () => tenant.ctx.storages.default;
const after = (ms: number) =>
  reconcileStorage({ ...tenant.ctx, now: () => new Date(Date.now() + ms) }, null);

async function readyFile(): Promise<{ id: string; key: string }> {
  const upload = { name: 'a.txt', size: BYTES.length, type: 'text/plain' };
  const { id, key } = await requestUpload(tenant.ctx, { projectId, upload });
  await slipway.putBytes({ key, bytes: BYTES, type: 'text/plain' });
  await completeUpload(tenant.ctx, { projectId, upload: { id } });
  return { id, key };
}

const put = (key: string) => storage().put({ key, type: 'text/plain', body: BYTES });
const actions = () =>
  tenant.ctx.db.select().from(sweepAction).where(eq(sweepAction.projectId, projectId));

test('what agrees stays as it is', async () => {
  const { key } = await readyFile();
  const result = await after(2 * DAY_MS);
  expect(result).toMatchObject({ removedObjects: 0, lostObjects: 0, abortedMultiparts: 0 });
  expect(await storage().head(key)).not.toBeNull();
  expect(await actions()).toEqual([]);
});

test('an object without a row is removed, but not before its grace is over', async () => {
  const key = `${projectId}/${randomToken(32)}.txt`;
  await put(key);
  expect(await after(DAY_MS / 2)).toMatchObject({ removedObjects: 0 });
  expect(await after(DAY_MS + 60_000)).toMatchObject({ removedObjects: 1 });
  expect(await storage().head(key)).toBeNull();
  expect(await actions()).toMatchObject([
    { action: 'removed_object', key, bytes: BYTES.length, fileId: null },
  ]);
});

test('what another installation keeps in the same place is left alone', async () => {
  const keys = [`${newId('prj')}/${randomToken(32)}.txt`, `elsewhere/${randomToken(32)}.txt`];
  for (const key of keys) await put(key);
  await after(30 * DAY_MS);
  for (const key of keys) {
    expect(await storage().head(key)).not.toBeNull();
    await storage().delete(key);
  }
});

test('an object of a project that was erased is removed', async () => {
  const { deleteProject } = await import('../project/delete.ts');
  const { eraseProject } = await import('../project/erase.ts');
  await deleteProject(tenant.ctx, projectId);
  await eraseProject(tenant.ctx, { projectId });
  // Its audit entries are forgotten some day, by the plan.
  await tenant.ctx.db.delete(auditEntry).where(eq(auditEntry.entityId, projectId));
  const key = `${projectId}/${randomToken(32)}.txt`;
  await put(key);
  expect(await after(2 * DAY_MS)).toMatchObject({ removedObjects: 1 });
});

test('a ready file whose object is gone has failed, with its history, its event and its usage', async () => {
  const [kept, lost] = [await readyFile(), await readyFile()];
  await storage().delete(lost.key);
  expect(await after(1000)).toMatchObject({ lostObjects: 1, removedObjects: 0 });
  const history = await getFileHistory(tenant.ctx, { projectId, fileId: lost.id });
  expect(history.data.at(-1)).toMatchObject({ from: 'ready', to: 'failed', reason: 'object_lost' });
  const events = await tenant.ctx.db.select().from(event).where(eq(event.entityId, lost.id));
  expect(events.map(({ type }) => type).sort()).toEqual(['file.failed', 'file.ready']);
  expect(await usageOf(tenant.ctx.db, projectId)).toMatchObject({ files: 1, bytes: BYTES.length });
  expect(await actions()).toMatchObject([{ action: 'lost_object', fileId: lost.id }]);
  expect(await storage().head(kept.key)).not.toBeNull();
});

test('a storage that lost everything is not believed: it is one that is not mounted', async () => {
  const files = await Promise.all(Array.from({ length: 6 }, readyFile));
  const { default: disk } = tenant.ctx.storages;
  async function* nothing() {}
  const empty = { ...disk, list: nothing, head: async () => null };
  const later = { ...tenant.ctx, now: () => new Date(Date.now() + DAY_MS) };
  await expect(reconcileStorage(withStorage(later, empty), null)).rejects.toMatchObject({
    code: 'storage_unavailable',
  });
  expect(await after(DAY_MS)).toMatchObject({ lostObjects: 0 });
  for (const { key } of files) expect(await storage().head(key)).not.toBeNull();
});

test('what a storage lost is not erased, should it come back', async () => {
  const [kept, lost] = [await readyFile(), await readyFile()];
  await readyFile();
  await storage().delete(lost.key);
  await after(1000);
  await put(lost.key);
  await sweepFiles({ ...tenant.ctx, now: () => new Date(Date.now() + 30 * DAY_MS) });
  expect(await after(30 * DAY_MS)).toMatchObject({ removedObjects: 0 });
  expect(await storage().head(lost.key)).not.toBeNull();
  expect(await storage().head(kept.key)).not.toBeNull();
});

test('an upload in parts that no file knows of is aborted', async () => {
  const key = `${projectId}/${randomToken(32)}.bin`;
  const uploadId = await storage().createMultipart({ key, type: 'text/plain', digests: true });
  expect(await after(DAY_MS / 2)).toMatchObject({ abortedMultiparts: 0 });
  expect(await after(DAY_MS + 60_000)).toMatchObject({ abortedMultiparts: 1 });
  expect(await storage().listParts({ key, uploadId })).toBeNull();
});

test('the dashboard is told what was done, and may have it done now, but not all the time', async () => {
  const { id } = await readyFile();
  await put(`${projectId}/${randomToken(32)}.txt`);
  await after(2 * DAY_MS);
  const later = { ...tenant.ctx, now: () => new Date(Date.now() + 2 * DAY_MS) };
  expect(await getUpkeep(later, { projectId })).toMatchObject({
    counts: { removed_object: 1 },
    actions: [{ action: 'removed_object', fileId: null, bytes: BYTES.length }],
    lastRun: { removedObjects: 1, lostObjects: 0 },
    usage: { files: 1, bytes: BYTES.length, reservedFiles: 0, reservedBytes: 0 },
  });
  expect(id).toMatch(/^file_/);
  await startUpkeep(tenant.ctx, projectId);
  await expect(startUpkeep(tenant.ctx, projectId)).rejects.toMatchObject({ code: 'rate_limited' });
});

test('the whole agrees with more objects than are compared at once', async () => {
  const files = await Promise.all(Array.from({ length: 30 }, readyFile));
  const orphans = Array.from({ length: 1100 }, () => `${projectId}/${randomToken(32)}.txt`);
  for (const key of orphans) await put(key);
  await storage().delete(files[7]?.key ?? '');
  const result = await after(2 * DAY_MS);
  expect(result).toMatchObject({ removedObjects: 1100, lostObjects: 1 });
  expect(await after(2 * DAY_MS)).toMatchObject({ removedObjects: 0, lostObjects: 0 });
}, 60_000);
