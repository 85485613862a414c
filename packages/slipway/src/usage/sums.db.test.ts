import { asc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SlipwayContext } from '../context.ts';
import { completeUpload } from '../file/complete-upload.ts';
import { deleteFile } from '../file/delete.ts';
import { purgeFile } from '../file/purge.ts';
import { requestUpload } from '../file/request-upload.ts';
import { restoreFile } from '../file/restore.ts';
import { listProjects } from '../project/list.ts';
import { forgetLogs } from '../retention/forget.ts';
import { scanVerdict } from '../scan/table.ts';
import { deleteProjectRow } from '../storage-connection/forget.ts';
import { listStorages } from '../storage-connection/list.ts';
import { startTestSlipway, type TestSlipway, type TestTenant } from '../testing/index.ts';
import { countUsage } from './count.ts';
import { usageByDay } from './days.ts';
import { largestUploaders } from './largest-uploaders.ts';
import { monthOf } from './month.ts';
import { organizationUsage } from './organization-usage.ts';
import { uploaderUsage, usageEntry } from './table.ts';
import { usageOf } from './usage-of.ts';
import { usageOfUploader } from './usage-of-uploader.ts';
import { usageOfUploaders } from './usage-of-uploaders.ts';

const DAY = 86_400_000;
const UPLOADERS = ['anna', 'bert', 'cleo', 'dora'];
const { signal } = new AbortController();

let slipway: TestSlipway;
let tenant: TestTenant;
beforeAll(async () => {
  slipway = await startTestSlipway();
  tenant = await slipway.tenant();
});
afterAll(() => slipway.close());

const later = (ms: number): SlipwayContext => ({
  ...tenant.ctx,
  now: () => new Date(Date.now() + ms),
});
const forget = (days: number) => forgetLogs(later(days * DAY), {}, { signal });

async function upload(projectId: string, uploader: string | undefined, size: number) {
  const wish = { name: 'a.txt', size, type: 'text/plain', ...(uploader && { uploader }) };
  const { id, key } = await requestUpload(tenant.ctx, { projectId, upload: wish });
  const finish = async () => {
    await slipway.putBytes({ key, bytes: Buffer.alloc(size, 'a'), type: 'text/plain' });
    await completeUpload(tenant.ctx, { projectId, upload: { id } });
  };
  return { id, finish };
}

/** From the files themselves, the largest first. */
async function counted(projectId: string) {
  const found = await usageOfUploaders(tenant.ctx.db, { projectId, uploaders: UPLOADERS });
  return found.sort((a, b) => b.bytes - a.bytes || a.uploader.localeCompare(b.uploader));
}

async function expectExact(projectId: string): Promise<void> {
  const expected = await counted(projectId);
  const { db } = tenant.ctx;
  expect(await largestUploaders(db, { projectId, limit: 10 })).toEqual(expected);
  expect(await largestUploaders(db, { projectId, limit: 2 })).toEqual(expected.slice(0, 2));
  for (const uploader of UPLOADERS) {
    const held = expected.find((usage) => usage.uploader === uploader);
    expect(await usageOfUploader(db, { projectId, uploader })).toEqual(
      held ?? { uploader, files: 0, bytes: 0, reservedFiles: 0, reservedBytes: 0 },
    );
  }
  const { files, bytes } = await usageOf(db, projectId);
  const listed = await listProjects(tenant.ctx, tenant.organizationId);
  expect(listed.find(({ id }) => id === projectId)).toMatchObject({ files, bytes });
}

test('what end-users hold is exact at every step of their files, counted or not', async () => {
  const { id: projectId } = await slipway.project(tenant);
  const count = () => countUsage(tenant.ctx);
  for (let round = 0; round < 8; round += 1) {
    const made = [];
    for (const [index, uploader] of [...UPLOADERS, undefined].entries())
      made.push(await upload(projectId, uploader, 10 + ((index * 7 + round * 5) % 11)));
    await expectExact(projectId);
    // Some are counted before, some after; some stay open, and some go.
    for (const [index, { id: fileId, finish }] of made.entries()) {
      const turn = index + round;
      if (turn % 4 === 3) continue;
      await finish();
      if (turn % 3 === 0) await count();
      if (turn % 4 === 1) await deleteFile(tenant.ctx, { projectId, fileId, trash: true });
      if (turn % 4 === 2) await deleteFile(tenant.ctx, { projectId, fileId });
      if (turn % 8 === 1) await restoreFile(tenant.ctx, { projectId, fileId });
      if (turn % 8 === 5) await purgeFile(tenant.ctx, { projectId, fileId });
      await expectExact(projectId);
    }
    if (round % 2 === 0) await Promise.all([count(), count(), count()]);
    await expectExact(projectId);
  }
});

test('the ledger is forgotten once it is counted, and no sum changes', async () => {
  const { id: projectId } = await slipway.project(tenant);
  const { organizationId } = tenant;
  const { db } = tenant.ctx;
  const sums = async () => ({
    project: await usageOf(db, projectId),
    uploaders: await largestUploaders(db, { projectId, limit: 10 }),
    days: await usageByDay(db, { of: { projectId }, now: new Date() }),
    organization: await organizationUsage(db, { organizationId, month: monthOf(new Date()) }),
  });
  const entries = () => db.$count(usageEntry, eq(usageEntry.projectId, projectId));
  const [first, gone] = [await upload(projectId, 'anna', 5), await upload(projectId, 'bert', 7)];
  await first.finish();
  await gone.finish();
  await deleteFile(tenant.ctx, { projectId, fileId: gone.id });
  await countUsage(tenant.ctx);
  await (await upload(projectId, 'anna', 3)).finish();
  const before = await sums();
  expect(before).toMatchObject({
    project: { files: 2, bytes: 8 },
    uploaders: [{ uploader: 'anna', files: 2, bytes: 8 }],
    organization: { files: expect.any(Number) },
  });
  expect(await entries()).toBe(4);
  await forget(6);
  expect(await entries()).toBe(4);
  // What is not counted stays, however old it is.
  await forget(1000);
  expect(await entries()).toBe(1);
  expect(await sums()).toEqual(before);
  const totals = () =>
    db
      .select({ uploader: uploaderUsage.uploader })
      .from(uploaderUsage)
      .where(eq(uploaderUsage.projectId, projectId))
      .orderBy(asc(uploaderUsage.uploader));
  // Who holds nothing any more is forgotten.
  expect(await totals()).toEqual([{ uploader: 'anna' }]);
  await countUsage(tenant.ctx);
  await forget(8);
  expect(await entries()).toBe(0);
  expect(await sums()).toEqual(before);
});

test('the storage of a project that has no other holds what the project uses', async () => {
  const { id: projectId } = await slipway.project(tenant);
  await (await upload(projectId, undefined, 5)).finish();
  await upload(projectId, 'anna', 7);
  expect((await listStorages(tenant.ctx, projectId)).standard).toMatchObject({
    files: 2,
    bytes: 12,
  });
});

test('of a project whose row goes nobody is remembered', async () => {
  const { id: projectId } = await slipway.project(tenant);
  const { db } = tenant.ctx;
  await db.insert(uploaderUsage).values({ projectId, uploader: 'anna', files: 1, bytes: 1 });
  await deleteProjectRow(tenant.ctx, projectId);
  expect(await db.$count(uploaderUsage, eq(uploaderUsage.projectId, projectId))).toBe(0);
});

test('verdicts of scanners are kept for thirty days', async () => {
  const { db } = tenant.ctx;
  const verdict = { verdict: 'clean', engine: 'a scanner', scannedAt: new Date() } as const;
  await db.insert(scanVerdict).values({ sha256: 'ab', ...verdict });
  await forget(29);
  expect(await db.$count(scanVerdict)).toBe(1);
  await forget(31);
  expect(await db.$count(scanVerdict)).toBe(0);
});
