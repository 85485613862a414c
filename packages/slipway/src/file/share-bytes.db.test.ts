import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHttp } from '../http.ts';
import { reconcile } from '../reconcile/reconcile.ts';
import { diskPaths } from '../storage/disk/disk-paths.ts';
import { clearLeftovers } from '../storage-connection/move/clear-leftovers.ts';
import { startTestSlipway, type TestSlipway, type TestTenant } from '../testing/index.ts';
import { rot } from '../testing/ready-file.ts';
import { usageOf } from '../usage/usage-of.ts';
import { completeUpload } from './complete-upload.ts';
import { deleteFile } from './delete.ts';
import { eraseFile } from './erase.ts';
import { getFile } from './get.ts';
import { requestUpload } from './request-upload.ts';
import { restoreFile } from './restore.ts';
import type { RequestUpload } from './schema.ts';
import { sweepFiles } from './sweep.ts';
import { file } from './table.ts';

const BYTES = Buffer.from('the same bytes');
let slipway: TestSlipway;
let tenant: TestTenant;

beforeAll(async () => {
  slipway = await startTestSlipway();
  tenant = await slipway.tenant();
});
afterAll(() => slipway.close());

const newProject = async (rules = {}) =>
  (await slipway.project(tenant, { visibility: 'public', dedupe: true, ...rules })).id;

async function upload(projectId: string, more: Partial<RequestUpload> = {}) {
  const wish = { name: 'a.txt', size: BYTES.length, type: 'text/plain', ...more };
  const { id, key } = await requestUpload(tenant.ctx, { projectId, upload: wish });
  await slipway.putBytes({ key, bytes: BYTES, type: wish.type });
  await completeUpload(tenant.ctx, { projectId, upload: { id } });
  return { projectId, fileId: id, key };
}

/** Of a project, after what nobody needs was removed. */
async function objects(projectId: string): Promise<number> {
  await clearLeftovers(tenant.ctx, { projectId });
  const folder = join(diskPaths(slipway.runtime.diskRoot ?? '').objects, projectId);
  const names = await readdir(folder, { withFileTypes: true });
  return names.filter(({ name }) => !name.endsWith('.meta')).length;
}

async function served(at: { projectId: string; fileId: string }) {
  const { url } = await getFile(tenant.ctx, at);
  if (url === null) return 404;
  const app = createHttp(slipway.runtime, { stopping: false });
  const answer = await app.request(new URL(url).pathname, {}, { incoming: { socket: {} } });
  return answer.status === 200 ? answer.text() : answer.status;
}

/** Once no upload's URL is good any more, so that what ended is erased for good. */
const tomorrow = () => ({ ...tenant.ctx, now: () => new Date(Date.now() + 30 * 3_600_000) });
const erase = async (at: { projectId: string; fileId: string }) => {
  await deleteFile(tenant.ctx, at);
  await eraseFile(tomorrow(), at);
};

test('the same bytes are stored once, at addresses of their own, and count for each', async () => {
  const projectId = await newProject();
  const files = [await upload(projectId), await upload(projectId, { name: 'b.txt' })];
  expect(await objects(projectId)).toBe(1);
  expect(await usageOf(tenant.ctx.db, projectId)).toMatchObject({
    files: 2,
    bytes: 2 * BYTES.length,
  });
  for (const each of files) {
    expect(await served(each)).toBe(BYTES.toString());
    // By the API nobody can tell.
    expect(await getFile(tenant.ctx, each)).toMatchObject({ key: each.key });
  }
});

test.each([
  ['first', 0],
  ['second', 1],
])(
  'erasing the %s of three leaves the others their bytes; with the last they go',
  async (_, gone) => {
    const projectId = await newProject();
    const files = [await upload(projectId), await upload(projectId), await upload(projectId)];
    const [ended] = files.splice(gone, 1);
    await erase(ended ?? expect.fail('there is no file'));
    for (const each of files) expect(await served(each)).toBe(BYTES.toString());
    const [kept, last] = files;
    if (kept === undefined || last === undefined) expect.fail('files are missing');
    // In the trash it needs its bytes, too.
    await deleteFile(tenant.ctx, { ...kept, trash: true });
    await erase(last);
    expect(await objects(projectId)).toBe(1);
    await restoreFile(tenant.ctx, kept);
    expect(await served(kept)).toBe(BYTES.toString());
    expect(await served(await upload(projectId))).toBe(BYTES.toString());
    expect(await objects(projectId)).toBe(1);
    await sweepFiles(tomorrow());
    await reconcile(tomorrow(), {});
    expect(await served(kept)).toBe(BYTES.toString());
  },
);

test('with the last of them the bytes are gone', async () => {
  const projectId = await newProject();
  const files = [await upload(projectId), await upload(projectId)];
  for (const each of files) await deleteFile(tenant.ctx, each);
  for (const each of files) await eraseFile(tomorrow(), each);
  expect(await objects(projectId)).toBe(0);
});

test('nothing is shared with other projects, types, visibilities, or without the rule', async () => {
  const projectId = await newProject({ routes: { letters: { dedupe: false } } });
  await upload(projectId);
  const elsewhere = await newProject();
  await upload(elsewhere);
  expect(await objects(elsewhere)).toBe(1);
  await upload(projectId, { visibility: 'private' });
  await upload(projectId, { type: 'application/octet-stream', name: 'a.bin' });
  await upload(projectId, { route: 'letters' });
  expect(await objects(projectId)).toBe(4);
  await upload(projectId, { route: 'letters', rules: { dedupe: true } });
  expect(await objects(projectId)).toBe(4);
  const plain = await newProject({ dedupe: false });
  await upload(plain);
  await upload(plain);
  expect(await objects(plain)).toBe(2);
  await upload(plain, { rules: { dedupe: true } });
  await upload(plain, { rules: { dedupe: true } });
  expect(await objects(plain)).toBe(3);
});

test('bytes that rotted are not shared: what came is kept', async () => {
  const projectId = await newProject();
  const first = await upload(projectId);
  await rot(slipway, { key: first.key, bytes: BYTES, position: 3 });
  const second = await upload(projectId);
  expect(await served(second)).toBe(BYTES.toString());
  const [row] = await tenant.ctx.db.select().from(file).where(eq(file.id, second.fileId));
  expect(row).toMatchObject({ key: second.key, address: null });
});

test('uploads of the same bytes at once all end well, whoever is deleted meanwhile', async () => {
  const projectId = await newProject();
  const first = await upload(projectId);
  const [files] = await Promise.all([
    Promise.all(Array.from({ length: 6 }, () => upload(projectId))),
    deleteFile(tenant.ctx, first).then(() => eraseFile(tomorrow(), first)),
  ]);
  for (const each of files) expect(await served(each)).toBe(BYTES.toString());
  await clearLeftovers(tomorrow(), { projectId });
  for (const each of files) expect(await served(each)).toBe(BYTES.toString());
});
