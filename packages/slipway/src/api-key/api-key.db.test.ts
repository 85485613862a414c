import { randomUUID } from 'node:crypto';
import { auditEntry } from '@repo/foundation/audit';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { appRouter } from '../router.ts';
import { startTestSlipway, type TestSlipway, type TestTenant } from '../testing/index.ts';
import { createUploadToken, verifyUploadToken } from '../tus/upload-token.ts';
import { createApiKey, listApiKeys, renameApiKey, revokeApiKey, rollApiKey } from './manage.ts';
import { verifyApiKey } from './verify.ts';

let slipway: TestSlipway;
let tenant: TestTenant;

beforeAll(async () => {
  slipway = await startTestSlipway();
  tenant = await slipway.tenant();
});
afterAll(() => slipway.close());

const HOUR_MS = 3_600_000;
const at = (ms: number) => new Date(Date.now() + ms);

const opens = (key: string, now = new Date()) =>
  verifyApiKey({ db: slipway.runtime.db, now: () => now }, `Bearer ${key}`).then(
    () => true,
    (error: { code: string; message: string }) => {
      expect(error.code).toBe('api_key_invalid');
      expect(error.message).not.toContain(key);
      return false;
    },
  );

async function newKey(more: { scopes?: ('upload' | 'read')[]; expiresAt?: Date } = {}) {
  const { id: projectId, key: first } = await slipway.project(tenant);
  const wish = { projectId, name: 'Server', scopes: ['read' as const], ...more };
  const { apiKey, key } = await createApiKey(tenant.ctx, wish);
  return { projectId, keyId: apiKey.id, key, first };
}

test('a project has several keys, each with its name, scopes and environment', async () => {
  const { projectId, key, first } = await newKey();
  const trial = await createApiKey(tenant.ctx, {
    projectId,
    name: 'Trial',
    environment: 'test',
    scopes: ['read', 'upload', 'read'],
  });
  expect(key).toMatch(/^sk_live_[0-9A-Za-z]{32}$/);
  expect(trial.key).toMatch(/^sk_test_[0-9A-Za-z]{32}$/);
  const keys = await listApiKeys(tenant.ctx, projectId);
  expect(
    keys.map(({ name, prefix, scopes, createdByName }) => ({
      name,
      prefix,
      scopes,
      createdByName,
    })),
  ).toEqual([
    { name: 'Trial', prefix: 'sk_test_', scopes: ['upload', 'read'], createdByName: 'Test' },
    { name: 'Server', prefix: 'sk_live_', scopes: ['read'], createdByName: 'Test' },
    { name: 'Secret key', prefix: 'sk_live_', scopes: ['admin'], createdByName: 'Test' },
  ]);
  expect(await Promise.all([first, key, trial.key].map((one) => opens(one)))).toEqual([
    true,
    true,
    true,
  ]);
  const { actor } = await verifyApiKey(tenant.ctx, `Bearer ${trial.key}`);
  expect(actor).toMatchObject({ name: 'Trial', isTest: true, scopes: ['upload', 'read'] });
});

test('an expired key opens nothing from that very moment on', async () => {
  const expiresAt = at(HOUR_MS);
  const { key } = await newKey({ expiresAt });
  expect(await opens(key, new Date(expiresAt.getTime() - 1))).toBe(true);
  expect(await opens(key, expiresAt)).toBe(false);
});

test.each([
  ['no scope', { scopes: [] }],
  ['an unknown scope', { scopes: ['everything'] }],
  ['no name', { name: ' ' }],
  ['an end that is past', { expiresAt: new Date(0) }],
])('a key with %s is not made', async (_, wrong) => {
  const { id: projectId } = await slipway.project(tenant);
  const wish = { projectId, name: 'Server', scopes: ['read'], ...wrong };
  const caller = appRouter.createCaller(tenant.ctx);
  await expect(caller.apiKey.create(wish as never)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  expect(await listApiKeys(tenant.ctx, projectId)).toHaveLength(1);
});

test('a rolled key works beside its successor for the overlap, and no longer', async () => {
  const { projectId, keyId, key } = await newKey();
  const before = Date.now();
  const { key: fresh, apiKey } = await rollApiKey(tenant.ctx, {
    projectId,
    keyId,
    overlapHours: 24,
  });
  expect(apiKey).toMatchObject({ name: 'Server', scopes: ['read'], expiresAt: null });
  expect(await Promise.all([opens(key), opens(fresh)])).toEqual([true, true]);
  const old = (await listApiKeys(tenant.ctx, projectId)).find(({ id }) => id === keyId);
  expect(old?.rolledTo).toBe(apiKey.id);
  const end = old?.expiresAt?.getTime() ?? 0;
  expect(end).toBeGreaterThanOrEqual(before + 24 * HOUR_MS);
  expect(await opens(key, new Date(end - 1))).toBe(true);
  expect(await opens(key, new Date(end))).toBe(false);
  expect(await opens(fresh, new Date(end))).toBe(true);
  const later = { ...tenant.ctx, now: () => new Date(end) };
  expect((await listApiKeys(later, projectId)).map(({ id }) => id)).not.toContain(keyId);
});

test('rolling lengthens no key, and a key has one successor', async () => {
  const expiresAt = at(HOUR_MS / 2);
  const { projectId, keyId } = await newKey({ expiresAt });
  const roll = () => rollApiKey(tenant.ctx, { projectId, keyId, overlapHours: 168 });
  const outcomes = await Promise.allSettled([1, 2, 3, 4].map(roll));
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const ends = (await listApiKeys(tenant.ctx, projectId)).map((one) => one.expiresAt?.getTime());
  expect(ends.filter((end) => end === expiresAt.getTime())).toHaveLength(2);
});

test('without an overlap the old key stops with the same commit', async () => {
  const { projectId, keyId, key } = await newKey();
  const { key: fresh } = await rollApiKey(tenant.ctx, { projectId, keyId, overlapHours: 0 });
  expect(await Promise.all([opens(key), opens(fresh)])).toEqual([false, true]);
});

test('a revoked key is refused by the next request, with the upload tokens that it made', async () => {
  const { projectId, keyId, key } = await newKey({ scopes: ['upload'] });
  const { actor } = await verifyApiKey(tenant.ctx, `Bearer ${key}`);
  const { token } = await createUploadToken({ ...tenant.ctx, actor }, { projectId, request: {} });
  expect((await verifyUploadToken(tenant.ctx, token)).project.id).toBe(projectId);
  await revokeApiKey(tenant.ctx, { projectId, keyId });
  expect(await opens(key)).toBe(false);
  await expect(verifyUploadToken(tenant.ctx, token)).rejects.toMatchObject({
    code: 'upload_token_invalid',
  });
  await expect(revokeApiKey(tenant.ctx, { projectId, keyId })).rejects.toMatchObject({
    code: 'not_found',
  });
});

test('a key of another project is none', async () => {
  const { keyId, key } = await newKey();
  const { id: projectId } = await slipway.project(tenant);
  const ref = { projectId, keyId };
  const calls = [
    () => revokeApiKey(tenant.ctx, ref),
    () => renameApiKey(tenant.ctx, { ...ref, name: 'Mine' }),
    () => rollApiKey(tenant.ctx, { ...ref, overlapHours: 0 }),
  ];
  for (const call of calls) await expect(call()).rejects.toMatchObject({ code: 'not_found' });
  expect(await opens(key)).toBe(true);
});

test('a canary key is nowhere in the database, whatever was done with it', async () => {
  const { projectId, keyId, key } = await newKey({ scopes: ['upload', 'read'] });
  await opens(key);
  await renameApiKey(tenant.ctx, { projectId, keyId, name: `Canary ${randomUUID()}` });
  const { key: fresh } = await rollApiKey(tenant.ctx, { projectId, keyId, overlapHours: 1 });
  await revokeApiKey(tenant.ctx, { projectId, keyId });
  const { db } = slipway.runtime;
  const tables = await db.execute<{ name: string }>(
    sql`select format('%I.%I', table_schema, table_name) as name from information_schema.tables
        where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
  );
  expect(tables.rows.length).toBeGreaterThan(20);
  for (const { name } of tables.rows) {
    for (const secret of [key, fresh, key.slice(8), fresh.slice(8)]) {
      const hits = await db.execute<{ n: number }>(
        sql`select count(*)::int as n from ${sql.raw(name)} as t where t::text like ${`%${secret}%`}`,
      );
      expect(hits.rows[0]?.n, name).toBe(0);
    }
  }
});

test('every change of a key leaves its audit entry, with what was and what is', async () => {
  const { projectId, keyId } = await newKey();
  await renameApiKey(tenant.ctx, { projectId, keyId, name: 'Worker' });
  await rollApiKey(tenant.ctx, { projectId, keyId, overlapHours: 1 });
  await revokeApiKey(tenant.ctx, { projectId, keyId });
  const entries = await tenant.ctx.db
    .select()
    .from(auditEntry)
    .where(sql`${auditEntry.entityId} = ${keyId}`)
    .orderBy(auditEntry.createdAt);
  expect(entries.map(({ action, data }) => [action, data])).toMatchObject([
    ['api_key.created', { projectId, after: { name: 'Server', scopes: ['read'] } }],
    ['api_key.renamed', { before: { name: 'Server' }, after: { name: 'Worker' } }],
    ['api_key.rolled', { before: { name: 'Worker' }, after: { name: 'Worker' } }],
    ['api_key.revoked', { before: { name: 'Worker' } }],
  ]);
});
