import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { deleteFile } from '../file/delete.ts';
import { eraseFile } from '../file/erase.ts';
import { sweepFiles } from '../file/sweep.ts';
import { file } from '../file/table.ts';
import { startTestSlipway, type TestSlipway, type TestTenant } from '../testing/index.ts';
import { readyFile, rot } from '../testing/ready-file.ts';
import { scrub } from './scrub.ts';

const BYTES = randomBytes(3_000_000);
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

const ready = () => readyFile(slipway, { tenant, projectId, bytes: BYTES });
const damage = (key: string) => rot(slipway, { key, bytes: BYTES, position: 1_234_567 });

const statusOf = async (id: string) =>
  (await tenant.ctx.db.select().from(file).where(eq(file.id, id)))[0]?.status;
const inDays = (days: number) => ({
  ...tenant.ctx,
  now: () => new Date(Date.now() + days * DAY_MS),
});

test('a rotten byte is found within one cycle; what is sound stays', async () => {
  const [sound, rotten] = [await ready(), await ready()];
  await damage(rotten.key);
  expect(await scrub(inDays(29))).toMatchObject({ damaged: 0, files: 0 });
  expect(await scrub(inDays(31))).toMatchObject({ damaged: 1 });
  expect(await statusOf(sound.id)).toBe('ready');
  expect(await statusOf(rotten.id)).toBe('failed');
  // Looked at once in a cycle, not again.
  expect(await scrub(inDays(31))).toMatchObject({ files: 0 });
});

test('what rotted is kept until somebody deletes the file', async () => {
  const { id, key } = await ready();
  await damage(key);
  await scrub(inDays(31));
  await sweepFiles(inDays(60));
  const storage = tenant.ctx.storages.default;
  expect(await storage.head(key)).not.toBeNull();
  await deleteFile(tenant.ctx, { projectId, fileId: id });
  await eraseFile(tenant.ctx, { fileId: id });
  expect(await storage.head(key)).toBeNull();
});
