import { eq } from 'drizzle-orm';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ProjectRules } from '../project/schema.ts';
import { startTestSlipway, type TestSlipway, type TestTenant } from '../testing/index.ts';
import { uploadLog } from '../upload-log/table.ts';
import { usageOf } from '../usage/usage-of.ts';
import { changeFiles } from './bulk.ts';
import { completeUpload } from './complete-upload.ts';
import { confirmFile } from './confirm.ts';
import { deleteFile } from './delete.ts';
import { getFile } from './get.ts';
import { listFiles } from './list.ts';
import type { ListFiles } from './list-schema.ts';
import { purgeFile } from './purge.ts';
import { requestUpload } from './request-upload.ts';
import { restoreFile } from './restore.ts';
import type { RequestUpload } from './schema.ts';
import { sweepFiles } from './sweep.ts';
import { updateFile } from './update.ts';

const DAY_MS = 86_400_000;

let slipway: TestSlipway;
let tenant: TestTenant;

beforeAll(async () => {
  slipway = await startTestSlipway();
  tenant = await slipway.tenant();
});
afterAll(() => slipway.close());

const later = (days: number) => ({
  ...tenant.ctx,
  now: () => new Date(Date.now() + days * DAY_MS),
});

async function upload(
  projectId: string,
  more: Partial<RequestUpload> = {},
  bytes: Uint8Array = Buffer.from('hello'),
) {
  const wish = { name: 'a.txt', type: 'text/plain', ...more, size: bytes.length };
  const { id, key } = await requestUpload(tenant.ctx, { projectId, upload: wish });
  await slipway.putBytes({ key, bytes, type: wish.type });
  await completeUpload(tenant.ctx, { projectId, upload: { id } });
  return { id, key, projectId, fileId: id };
}

const statusOf = async (at: { projectId: string; fileId: string }) =>
  (await getFile(tenant.ctx, at)).status;
const newProject = async (rules?: Partial<ProjectRules>) =>
  (await slipway.project(tenant, rules)).id;
const isThere = async (key: string) => (await tenant.ctx.storages.default.head(key)) !== null;

test('what an announcement says is kept with the file', async () => {
  const projectId = await newProject({ folder: 'app', keyPrefix: 'web', visibility: 'public' });
  const file = await upload(projectId, {
    folder: '/2026//may/',
    tags: ['a', 'b', 'a'],
    visibility: 'private',
    route: 'avatars',
    uploader: 'user 7',
  });
  expect(file.key).toMatch(/^prj_\w+\/web-[0-9A-Za-z]{32}\.txt$/);
  expect(await getFile(tenant.ctx, file)).toMatchObject({
    folder: 'app/2026/may',
    tags: ['a', 'b'],
    visibility: 'private',
    url: null,
    route: 'avatars',
    uploader: 'user 7',
  });
});

test('who asks for a public file where rules say private is told so', async () => {
  const refused = {
    code: 'visibility_not_allowed',
    details: { rule: 'visibility', expected: 'private', received: 'public' },
  };
  const closed = await newProject({ visibility: 'private' });
  await expect(upload(closed, { visibility: 'public' })).rejects.toMatchObject(refused);
  const file = await upload(closed);
  const wish = { ...file, change: { visibility: 'public' as const } };
  await expect(updateFile(tenant.ctx, wish)).rejects.toMatchObject(refused);
  const routes = { ids: { visibility: 'private' as const } };
  const open = await newProject({ visibility: 'public', routes });
  await expect(upload(open, { visibility: 'public', route: 'ids' })).rejects.toMatchObject(refused);
  const shown = await upload(open, { visibility: 'public' });
  expect(await getFile(tenant.ctx, shown)).toMatchObject({ visibility: 'public' });
});

test('a route’s rules hold, said by the project or with the request', async () => {
  const field = { name: 'album', type: 'number', required: true, maxLength: null, values: null };
  const metadata = { fields: [{ ...field, type: 'number' as const }], others: true };
  const routes = { avatars: { maxSize: 4, allowedTypes: ['text/*'] }, albums: { metadata } };
  const projectId = await newProject({ routes });
  const refused = (more: Partial<RequestUpload>) =>
    upload(projectId, more).then(
      () => null,
      ({ code }: { code: string }) => code,
    );
  expect(await refused({ route: 'avatars' })).toBe('file_too_large');
  expect(await refused({ route: 'others' })).toBe(null);
  expect(await refused({ route: 'albums', metadata: { album: 'x' } })).toBe('metadata_invalid');
  expect(await refused({ rules: { metadata } })).toBe('metadata_invalid');
  expect(await refused({ rules: { minSize: 6 } })).toBe('file_too_small');
  expect(await refused({ rules: { allowedTypes: ['image/*'] } })).toBe('file_type_not_allowed');
  const file = await upload(projectId, { route: 'albums', metadata: { album: 1 } });
  const change = (album: number | string) =>
    updateFile(tenant.ctx, { ...file, change: { metadata: { album } } });
  await expect(change('x')).rejects.toMatchObject({ code: 'metadata_invalid' });
  expect((await change(2)).metadata).toEqual({ album: 2 });
});

test.each(['../a', 'a/./b', 'a\\b'])('%s is no folder', async (folder) => {
  const projectId = await newProject();
  await expect(upload(projectId, { folder })).rejects.toThrow(/folder|names/);
});

test('deleted into the trash, restored, and deleted for good', async () => {
  const projectId = await newProject({ trashDays: 3, visibility: 'public' });
  const file = await upload(projectId, { customId: 'mine' });
  const deleted = await deleteFile(tenant.ctx, { ...file, trash: true });
  expect(deleted).toMatchObject({ status: 'deleted', url: null });
  expect(Date.parse(deleted.restorableUntil ?? '')).toBeGreaterThan(Date.now() + 2.9 * DAY_MS);
  // The sweeper leaves it alone, and it counts.
  await sweepFiles(later(2));
  expect(await isThere(file.key)).toBe(true);
  expect(await usageOf(tenant.ctx.db, projectId)).toMatchObject({ files: 1, bytes: 5 });

  const restored = await restoreFile(tenant.ctx, file);
  expect(restored).toMatchObject({ status: 'ready', customId: 'mine', restorableUntil: null });
  expect(restored.url).toContain(file.key);
  expect(await usageOf(tenant.ctx.db, projectId)).toMatchObject({ files: 1, bytes: 5 });

  await deleteFile(tenant.ctx, { ...file, trash: true });
  await sweepFiles(later(4));
  expect(await usageOf(tenant.ctx.db, projectId)).toMatchObject({ files: 0, bytes: 0 });
  await expect(restoreFile(tenant.ctx, file)).rejects.toMatchObject({ code: 'conflict' });
  await sweepFiles(later(40));
  expect(await isThere(file.key)).toBe(false);
});

test('without the trash a file is gone at once', async () => {
  const off = await newProject({ trashDays: 0 });
  const one = await upload(off);
  expect(await deleteFile(tenant.ctx, { ...one, trash: true })).toMatchObject({
    restorableUntil: null,
  });
  const two = await upload(await newProject());
  await deleteFile(tenant.ctx, two);
  await deleteFile(tenant.ctx, { ...two, trash: true });
  for (const file of [one, two]) {
    await expect(restoreFile(tenant.ctx, file)).rejects.toMatchObject({ code: 'conflict' });
    expect(await usageOf(tenant.ctx.db, file.projectId)).toMatchObject({ files: 0, bytes: 0 });
  }
});

test('a customId is free while its file is in the trash, and then its restoring is refused', async () => {
  const projectId = await newProject();
  const first = await upload(projectId, { customId: 'logo' });
  await deleteFile(tenant.ctx, { ...first, trash: true });
  const second = await upload(projectId, { customId: 'logo' });
  await expect(restoreFile(tenant.ctx, first)).rejects.toMatchObject({ code: 'custom_id_taken' });
  await updateFile(tenant.ctx, { ...second, change: { customId: null } });
  expect((await restoreFile(tenant.ctx, first)).customId).toBe('logo');
});

test('restored and purged at once: one of them, and the ledger is right', async () => {
  const projectId = await newProject();
  const files = await Promise.all(Array.from({ length: 5 }, () => upload(projectId)));
  for (const file of files) await deleteFile(tenant.ctx, { ...file, trash: true });
  await Promise.allSettled(
    files.flatMap((file) => [restoreFile(tenant.ctx, file), purgeFile(tenant.ctx, file)]),
  );
  const states = await Promise.all(files.map(statusOf));
  const ready = states.filter((status) => status === 'ready').length;
  expect(await usageOf(tenant.ctx.db, projectId)).toMatchObject({ files: ready, bytes: ready * 5 });
});

test('files are deleted when their time is over, by project and by request', async () => {
  const projectId = await newProject({ expireAfterDays: 10 });
  const byProject = await upload(projectId);
  const byRequest = await upload(projectId, { expiresInDays: 3 });
  await sweepFiles(later(2.9));
  expect([await statusOf(byProject), await statusOf(byRequest)]).toEqual(['ready', 'ready']);
  await sweepFiles(later(3.1));
  expect([await statusOf(byProject), await statusOf(byRequest)]).toEqual(['ready', 'deleted']);
  // More time, given later.
  const expiresAt = new Date(Date.now() + 20 * DAY_MS).toISOString();
  await updateFile(tenant.ctx, { ...byProject, change: { expiresAt } });
  await sweepFiles(later(10.1));
  expect(await statusOf(byProject)).toBe('ready');
  await expect(restoreFile(tenant.ctx, byRequest)).rejects.toMatchObject({ code: 'conflict' });
  await expect(
    upload(projectId, { expiresAt: new Date(Date.now() - 1000).toISOString() }),
  ).rejects.toMatchObject({ code: 'validation_failed' });
});

test('a temporary file is deleted unless it is confirmed', async () => {
  const projectId = await newProject();
  const kept = await upload(projectId, { temporary: true });
  const lost = await upload(projectId, { temporary: true });
  expect((await confirmFile(tenant.ctx, kept)).confirmBy).toBeNull();
  await confirmFile(tenant.ctx, kept);
  await sweepFiles(later(1.1));
  expect([await statusOf(kept), await statusOf(lost)]).toEqual(['ready', 'deleted']);
  await expect(confirmFile(tenant.ctx, lost)).rejects.toMatchObject({ code: 'file_deleted' });
});

const picture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: 'red' } })
    .png()
    .toBuffer();

test('pictures are measured in their bytes', async () => {
  const image = { minWidth: 10, maxWidth: 40, minHeight: null, maxHeight: 20 };
  const projectId = await newProject({ image });
  const png = { name: 'a.png', type: 'image/png' };
  const good = await upload(projectId, png, await picture(20, 20));
  expect(await getFile(tenant.ctx, good)).toMatchObject({ width: 20, height: 20 });
  for (const [width, height] of [
    [9, 9],
    [41, 9],
    [20, 21],
  ] as const) {
    await expect(upload(projectId, png, await picture(width, height))).rejects.toMatchObject({
      code: 'image_dimensions',
      message: expect.stringContaining(`${width} × ${height}`),
    });
  }
  // Turned by its EXIF: as people see it.
  const turned = await sharp(await picture(18, 30))
    .jpeg()
    .withMetadata({ orientation: 6 })
    .toBuffer();
  const jpeg = await upload(projectId, { name: 'a.jpg', type: 'image/jpeg' }, turned);
  expect(await getFile(tenant.ctx, jpeg)).toMatchObject({ width: 30, height: 18 });
  // No picture, no pixels; a picture that cannot be measured is refused.
  await upload(projectId);
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"/>');
  await expect(
    upload(projectId, { name: 'a.svg', type: 'image/svg+xml' }, svg),
  ).rejects.toMatchObject({ code: 'image_dimensions' });
});

test('many are changed at once, each with its answer', async () => {
  const projectId = await newProject();
  const files = [await upload(projectId, { tags: ['old'] }), await upload(projectId)];
  const stranger = await upload(await newProject());
  const ids = [...files.map(({ id }) => id), stranger.id, 'file_missing'];
  const { results } = await changeFiles(tenant.ctx, {
    projectId,
    bulk: { ids, action: 'update', addTags: ['new'], removeTags: ['old'], folder: 'x' },
  });
  expect(results.map(({ ok }) => ok)).toEqual([true, true, false, false]);
  expect(results[2]).toMatchObject({ error: { code: 'not_found' } });
  for (const file of files)
    expect(await getFile(tenant.ctx, file)).toMatchObject({ tags: ['new'], folder: 'x' });
  expect(await getFile(tenant.ctx, stranger)).toMatchObject({ tags: [], folder: '' });
  for (const action of ['delete', 'restore', 'delete', 'purge'] as const) {
    const done = await changeFiles(tenant.ctx, {
      projectId,
      bulk: { ids: ids.slice(0, 2), action },
    });
    expect(done.results.every(({ ok }) => ok)).toBe(true);
  }
  expect(await usageOf(tenant.ctx.db, projectId)).toMatchObject({ files: 0, bytes: 0 });
});

test('a stranger changes nothing', async () => {
  const file = await upload(await newProject());
  const { ctx } = await slipway.tenant();
  const missing = { code: 'not_found' };
  await expect(updateFile(ctx, { ...file, change: { name: 'b.txt' } })).rejects.toMatchObject(
    missing,
  );
  await expect(confirmFile(ctx, file)).rejects.toMatchObject(missing);
  await expect(restoreFile(ctx, file)).rejects.toMatchObject(missing);
  await expect(purgeFile(ctx, file)).rejects.toMatchObject(missing);
  await expect(
    changeFiles(ctx, { projectId: file.projectId, bulk: { ids: [file.id], action: 'delete' } }),
  ).rejects.toMatchObject(missing);
  expect(await statusOf(file)).toBe('ready');
});

test('files are found by what is said of them, those in the trash there alone', async () => {
  const projectId = await newProject();
  const one = await upload(projectId, { tags: ['x'], folder: 'a/b', route: 'r', uploader: 'u' });
  const two = await upload(projectId, { tags: ['x', 'y'], folder: 'ab' }, Buffer.alloc(50, 'a'));
  const gone = await upload(projectId, { tags: ['x'] });
  await deleteFile(tenant.ctx, { ...gone, trash: true });
  const found = async (query: ListFiles) =>
    (await listFiles(tenant.ctx, { projectId, query })).data.map(({ id }) => id);
  expect(await found({ tag: 'x' })).toEqual([two.id, one.id]);
  expect(await found({ tag: 'y' })).toEqual([two.id]);
  expect(await found({ folder: 'a' })).toEqual([one.id]);
  expect(await found({ folder: 'a/b' })).toEqual([one.id]);
  expect(await found({ route: 'r', uploader: 'u' })).toEqual([one.id]);
  expect(await found({ minSize: 6 })).toEqual([two.id]);
  expect(await found({ maxSize: 5 })).toEqual([one.id]);
  expect(await found({ trash: 'true' })).toEqual([gone.id]);
  expect(await found({ tag: "'" })).toEqual([]);
});

test('an upload that came to nothing is in the log, and its sweeping leaves that there', async () => {
  const projectId = await newProject();
  const png = { name: 'a.png', type: 'image/png' };
  await expect(upload(projectId, png)).rejects.toMatchObject({ code: 'type_mismatch' });
  const logged = () =>
    tenant.ctx.db.select().from(uploadLog).where(eq(uploadLog.projectId, projectId));
  expect(await logged()).toMatchObject([
    { outcome: 'rejected', code: 'type_mismatch', name: 'a.png' },
  ]);
  // How long it stays is the plan's to say.
  await sweepFiles(later(31));
  expect(await logged()).toHaveLength(1);
});
