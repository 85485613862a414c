import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApiKey, renameApiKey, revokeApiKey, rollApiKey } from '../api-key/manage.ts';
import type { SlipwayContext } from '../context.ts';
import { listEvents } from '../event/list.ts';
import { event } from '../event/table.ts';
import { assignPlan } from '../plan/assign.ts';
import { requireProject } from '../project/internal.ts';
import { keyActor, startTestSlipway, type TestSlipway, type TestTenant } from '../testing/index.ts';
import { getProjectUsage } from '../usage/get-usage.ts';
import { createWebhook } from '../webhook/manage.ts';
import { payloadOf } from '../webhook/payload.ts';
import { changeFiles } from './bulk.ts';
import { completeUpload } from './complete-upload.ts';
import { deleteFile } from './delete.ts';
import { getFile } from './get.ts';
import { listFiles } from './list.ts';
import { requestUpload } from './request-upload.ts';
import type { RequestUpload } from './schema.ts';
import { sweepFiles } from './sweep.ts';
import { updateFile } from './update.ts';

const DAY_MS = 86_400_000;
const BYTES = Buffer.from('a file');
let slipway: TestSlipway;
let tenant: TestTenant;

beforeAll(async () => {
  slipway = await startTestSlipway();
  tenant = await slipway.tenant();
});
afterAll(() => slipway.close());

async function world(rules = {}, owner = tenant) {
  const { id: projectId } = await slipway.project(owner, rules);
  const as = (isTest: boolean): SlipwayContext => ({
    ...owner.ctx,
    actor: { ...keyActor(projectId), isTest },
  });
  return { projectId, person: owner.ctx, live: as(false), testing: as(true) };
}

async function uploadAs(ctx: SlipwayContext, projectId: string, more: Partial<RequestUpload> = {}) {
  const upload = { name: 'a.txt', size: BYTES.length, type: 'text/plain', ...more };
  const { id, key } = await requestUpload(ctx, { projectId, upload });
  await slipway.putBytes({ key, bytes: BYTES, type: 'text/plain' });
  return completeUpload(ctx, { projectId, upload: { id } });
}

const namesOf = async (ctx: SlipwayContext, projectId: string, query = {}) => {
  const { data } = await listFiles(ctx, { projectId, query });
  return data.map(({ name }) => name).sort();
};

test('what a test key uploads is marked, counts for nothing, and is over after seven days', async () => {
  const { projectId, person, live, testing } = await world({ maxFiles: 1, maxBytesPerUploader: 6 });
  const first = await uploadAs(testing, projectId, { uploader: 'ann', expiresInDays: 300 });
  await uploadAs(testing, projectId, { uploader: 'ann' });
  expect(first.test).toBe(true);
  const lives = Date.parse(first.expiresAt ?? '') - Date.parse(first.createdAt);
  expect(Math.abs(lives - 7 * DAY_MS)).toBeLessThan(60_000);
  const before = await getProjectUsage(person, projectId);
  expect(before.project).toMatchObject({ files: { used: 0, reserved: 0 }, bytes: { used: 0 } });
  expect(before.project).toMatchObject({ monthlyUploads: 0, monthlyBytes: 0 });
  // The one file that the rules allow is still to be had, by the same person, too.
  const kept = await uploadAs(live, projectId, { uploader: 'ann' });
  expect(kept).toMatchObject({ test: false, expiresAt: null });
  await expect(requestUpload(live, { projectId, upload: small() })).rejects.toMatchObject({
    code: 'file_limit_reached',
  });
  await deleteFile(testing, { projectId, fileId: first.id });
  const later = { ...person, now: () => new Date(Date.now() + 8 * DAY_MS) };
  await sweepFiles(later);
  expect(await namesOf(person, projectId)).toEqual(['a.txt']);
  expect((await getProjectUsage(person, projectId)).project).toMatchObject({
    files: { used: 1 },
    bytes: { used: BYTES.length },
  });
});

const small = () => ({ name: 'b.txt', size: 1, type: 'text/plain' });

test('nothing makes a test file stay for longer', async () => {
  const { projectId, person, testing } = await world();
  const { id: fileId } = await uploadAs(testing, projectId);
  for (const expiresAt of [null, new Date(Date.now() + 30 * DAY_MS).toISOString()])
    await expect(
      updateFile(person, { projectId, fileId, change: { expiresAt } }),
    ).rejects.toMatchObject({ code: 'validation_failed' });
  const soon = new Date(Date.now() + DAY_MS).toISOString();
  const changed = await updateFile(person, { projectId, fileId, change: { expiresAt: soon } });
  expect(changed.expiresAt).toBe(soon);
});

test('a test key sees and changes test files alone; a live one lists live files', async () => {
  const { projectId, person, live, testing } = await world();
  const tried = await uploadAs(testing, projectId, { name: 'tried.txt', customId: 'logo' });
  // The same id, because the two worlds never meet.
  const real = await uploadAs(live, projectId, { name: 'real.txt', customId: 'logo' });
  expect(await namesOf(testing, projectId)).toEqual(['tried.txt']);
  expect(await namesOf(testing, projectId, { test: 'all' })).toEqual(['tried.txt']);
  expect(await namesOf(testing, projectId, { test: 'false' })).toEqual([]);
  expect(await namesOf(live, projectId)).toEqual(['real.txt']);
  expect(await namesOf(live, projectId, { test: 'true' })).toEqual(['tried.txt']);
  expect(await namesOf(live, projectId, { test: 'all' })).toEqual(['real.txt', 'tried.txt']);
  expect(await namesOf(person, projectId)).toEqual(['real.txt', 'tried.txt']);
  expect(await namesOf(person, projectId, { test: 'true' })).toEqual(['tried.txt']);
  const missing = { code: 'not_found' };
  const at = { projectId, fileId: real.id };
  await expect(getFile(testing, at)).rejects.toMatchObject(missing);
  await expect(deleteFile(testing, at)).rejects.toMatchObject(missing);
  await expect(
    completeUpload(testing, { projectId, upload: { key: real.key } }),
  ).rejects.toMatchObject(missing);
  const { results } = await changeFiles(testing, {
    projectId,
    bulk: { ids: [real.id, tried.id], action: 'delete' },
  });
  expect(results).toMatchObject([{ ok: false, error: missing }, { ok: true }]);
  expect((await getFile(live, at)).status).toBe('ready');
});

test('a test key makes no live key, nor touches one', async () => {
  const { projectId, live, testing } = await world();
  const wish = { projectId, name: 'Mine', scopes: ['read' as const] };
  await expect(createApiKey(testing, wish)).rejects.toMatchObject({ code: 'forbidden' });
  const own = await createApiKey(testing, { ...wish, environment: 'test' });
  await rollApiKey(testing, { projectId, keyId: own.apiKey.id, overlapHours: 1 });
  const { apiKey } = await createApiKey(live, wish);
  const at = { projectId, keyId: apiKey.id };
  for (const touch of [
    () => rollApiKey(testing, { ...at, overlapHours: 1 }),
    () => renameApiKey(testing, { ...at, name: 'Yours' }),
    () => revokeApiKey(testing, at),
  ])
    await expect(touch()).rejects.toMatchObject({ code: 'forbidden' });
  await rollApiKey(live, { ...at, overlapHours: 1 });
  // An endpoint is told of live files, and shows what it was told.
  const endpoint = { projectId, url: 'https://hooks.example.com/x' };
  await expect(createWebhook(testing, endpoint)).rejects.toMatchObject({ code: 'forbidden' });
});

test('a test key changes nothing that live files live by, and reads no audit log', async () => {
  const { projectId, live, testing } = await world();
  for (const permission of ['project.manage', 'audit.read'] as const) {
    await expect(requireProject(testing, projectId, permission)).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('no test key has'),
      details: { permission },
    });
    expect((await requireProject(live, projectId, permission)).id).toBe(projectId);
  }
  expect((await requireProject(testing, projectId, 'file.delete')).id).toBe(projectId);
});

test('events of test files say so first, and a test key hears of no others', async () => {
  const { projectId, person, live, testing } = await world();
  const tried = await uploadAs(testing, projectId);
  const real = await uploadAs(live, projectId);
  const ofFile = async (id: string) => {
    const [row] = await person.db
      .select()
      .from(event)
      .where(and(eq(event.entityId, id), eq(event.type, 'file.ready')));
    return JSON.parse(payloadOf(row ?? expect.fail('there is no event')));
  };
  expect(await ofFile(tried.id)).toMatchObject({ test: true, data: { file: { test: true } } });
  expect(await ofFile(real.id)).not.toHaveProperty('test');
  const heard = async (ctx: SlipwayContext) =>
    (await listEvents(ctx, { projectId, query: {} })).data.length;
  expect([await heard(testing), await heard(live)]).toEqual([1, 2]);
});

test('a plan with quotas has an allowance for test files, to the byte, and they take nothing else', async () => {
  const owner = await slipway.tenant();
  const { projectId, live, testing } = await world({}, owner);
  await assignPlan(tenant.ctx, { organizationId: owner.organizationId, plan: 'free' });
  const half = { ...small(), size: 512 * 1024 ** 2 };
  const answers = await Promise.allSettled(
    Array.from({ length: 4 }, () => requestUpload(testing, { projectId, upload: half })),
  );
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
  await expect(requestUpload(testing, { projectId, upload: small() })).rejects.toMatchObject({
    code: 'quota_exceeded',
    details: { rule: 'plan.testBytes', expected: 1024 ** 3 },
  });
  for (let turn = 0; turn < 4; turn += 1) await requestUpload(live, { projectId, upload: half });
  await expect(requestUpload(live, { projectId, upload: small() })).rejects.toMatchObject({
    details: { rule: 'plan.storageBytes' },
  });
});
