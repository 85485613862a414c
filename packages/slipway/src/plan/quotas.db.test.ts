import { auditEntry } from '@repo/foundation/audit';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { completeUpload } from '../file/complete-upload.ts';
import { deleteFile } from '../file/delete.ts';
import { requestUpload } from '../file/request-upload.ts';
import { file } from '../file/table.ts';
import { createProject, deleteProject } from '../project/index.ts';
import { project } from '../project/table.ts';
import { startTestSlipway, type TestSlipway, type TestTenant } from '../testing/index.ts';
import { type ServerProcess, startServerPool } from '../tus/testing/server-pool.ts';
import { countUsage } from '../usage/count.ts';
import { getOrganizationUsage, getProjectUsage } from '../usage/get-usage.ts';
import { monthOf } from '../usage/month.ts';
import { usageDay, usageNotice } from '../usage/table.ts';
import { watchUsage } from '../usage/watch.ts';
import { assignPlan } from './assign.ts';
import { PLANS, type PlanName } from './plans.ts';

const GIB = 1024 ** 3;

let slipway: TestSlipway;
let admin: TestTenant;
let pool: ReturnType<typeof startServerPool>;
let servers: readonly ServerProcess[];

beforeAll(async () => {
  slipway = await startTestSlipway();
  admin = await slipway.tenant();
  const { DATABASE_URL, DATA_DIR, SLIPWAY_SECRET } = slipway.runtime.env;
  const env = { DATABASE_URL, DATA_DIR, SLIPWAY_SECRET, LOG_LEVEL: 'silent', SLIPWAY_ROLE: 'api' };
  pool = startServerPool({ ...env, RATE_LIMIT_PER_PROJECT: 'off', RATE_LIMIT_PER_KEY: 'off' }, 0);
  servers = await Promise.all([pool.start(), pool.start()]);
});

afterAll(async () => {
  await pool.close();
  await slipway.close();
});

async function tenantWith(plan: PlanName): Promise<TestTenant> {
  const tenant = await slipway.tenant();
  await assignPlan(admin.ctx, { organizationId: tenant.organizationId, plan });
  return tenant;
}

async function announce(
  key: string,
  size: number,
  turn = 0,
): Promise<{ status: number; code?: string; details?: unknown }> {
  const response = await fetch(`${servers[turn % servers.length]?.url}/api/upload-url`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'a.bin', size, type: 'application/octet-stream' }),
  });
  const { error } = (await response.json()) as { error?: { code: string; details: unknown } };
  return { status: response.status, ...error };
}

async function storedBytes(organizationId: string): Promise<number> {
  const [row] = await slipway.runtime.db
    .select({ bytes: sql<string>`coalesce(sum(${file.size}), 0)` })
    .from(file)
    .innerJoin(project, eq(project.id, file.projectId))
    .where(
      and(
        eq(project.organizationId, organizationId),
        inArray(file.status, ['pending', 'verifying', 'ready']),
      ),
    );
  return Number(row?.bytes);
}

test('200 uploads at once, by two processes to two projects, never pass the plan by a byte', async () => {
  const tenant = await tenantWith('free');
  const keys = [(await slipway.project(tenant)).key, (await slipway.project(tenant)).key];
  const size = Math.floor((2 * GIB) / 50);
  const answers = await Promise.all(
    Array.from({ length: 200 }, (_, turn) => announce(keys[(turn >> 1) % 2] ?? '', size, turn)),
  );
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(50);
  expect(answers.filter(({ code }) => code === 'quota_exceeded')).toHaveLength(150);
  const left = 2 * GIB - 50 * size;
  expect(await announce(keys[0] ?? '', left + 1)).toMatchObject({
    status: 422,
    details: { rule: 'plan.storageBytes', expected: 2 * GIB, received: 2 * GIB + 1 },
  });
  const last = await Promise.all([0, 1].map((turn) => announce(keys[turn] ?? '', left, turn)));
  expect(last.map(({ status }) => status).sort()).toEqual([201, 422]);
  expect(await storedBytes(tenant.organizationId)).toBe(2 * GIB);
});

test('nor do they pass a project’s own limits, by bytes or by files', async () => {
  const tenant = await slipway.tenant();
  const bytes = await slipway.project(tenant, { maxTotalSize: 50_999 });
  const files = await slipway.project(tenant, { maxFiles: 30 });
  const codes = async (key: string) => {
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, turn) => announce(key, 1_000, turn)),
    );
    const seen: Record<string, number> = {};
    for (const { code = 'taken' } of answers) seen[code] = (seen[code] ?? 0) + 1;
    return seen;
  };
  expect(await codes(bytes.key)).toEqual({ taken: 50, storage_limit_reached: 150 });
  expect(await codes(files.key)).toEqual({ taken: 30, file_limit_reached: 170 });
  const edge = await Promise.all([0, 1].map((turn) => announce(bytes.key, 999, turn)));
  expect(edge.map(({ status }) => status).sort()).toEqual([201, 422]);
  expect(await storedBytes(tenant.organizationId)).toBe(50_999 + 30 * 1_000);
});

test('what came while the plan had no quota counts when it has one again', async () => {
  const { organizationId, ...tenant } = await slipway.tenant();
  const { key } = await slipway.project({ organizationId, ...tenant });
  const limited = (monthlyUploads: number) =>
    assignPlan(admin.ctx, { organizationId, plan: 'self_host', limits: { monthlyUploads } });
  const statuses = async (number: number) =>
    (await Promise.all(Array.from({ length: number }, (_, turn) => announce(key, 10, turn))))
      .map(({ status }) => status)
      .sort();
  await limited(5);
  expect(await statuses(3)).toEqual([201, 201, 201]);
  await assignPlan(admin.ctx, { organizationId, plan: 'self_host' });
  expect(await statuses(4)).toEqual([201, 201, 201, 201]);
  await limited(9);
  expect(await statuses(4)).toEqual([201, 201, 422, 422]);
});

test('tus counts for the same quota, by its length and by what it grows to', async () => {
  const tenant = await tenantWith('free');
  const { key } = await slipway.project(tenant);
  const half = GIB / 2;
  for (let turn = 0; turn < 3; turn += 1) await announce(key, half);
  await announce(key, half - 10);
  const create = (headers: Record<string, string>, body?: Uint8Array<ArrayBuffer>) =>
    fetch(`${servers[0]?.url}/tus`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${key}`,
        'tus-resumable': '1.0.0',
        ...(body && { 'content-type': 'application/offset+octet-stream' }),
        ...headers,
      },
      ...(body && { body }),
    });
  expect(await (await create({ 'upload-length': '11' })).json()).toMatchObject({
    error: { code: 'quota_exceeded' },
  });
  const growing = await create({ 'upload-defer-length': '1' }, new Uint8Array(11));
  expect(await growing.json()).toMatchObject({ error: { code: 'quota_exceeded' } });
  expect((await create({ 'upload-length': '10' })).status).toBe(201);
});

test('what a month may bring is counted by the calendar, with projects that are gone', async () => {
  const tenant = await tenantWith('free');
  const { ctx, organizationId } = tenant;
  const { id, key } = await slipway.project(tenant);
  const gone = await slipway.project(tenant);
  const { first, from } = monthOf(new Date());
  const before = new Date(from.getTime() - 86_400_000).toISOString().slice(0, 10);
  const planted = { organizationId, uploadedBytes: 0, files: 0, bytes: 0 };
  await ctx.db.insert(usageDay).values([
    { ...planted, projectId: gone.id, day: first, uploads: 998 },
    { ...planted, projectId: id, day: before, uploads: 5_000 },
  ]);
  await deleteProject(ctx, gone.id);
  const statuses = [];
  for (let turn = 0; turn < 3; turn += 1) statuses.push(await announce(key, 1, turn));
  expect(statuses.map(({ status }) => status)).toEqual([201, 201, 422]);
  expect(statuses[2]).toMatchObject({
    details: { rule: 'plan.monthlyUploads', expected: 1000, received: 1001 },
  });
  expect(await getOrganizationUsage(ctx, organizationId)).toMatchObject({
    monthlyUploads: { used: 998, reserved: 2, limit: 1000 },
    projects: { used: 1, limit: 3 },
  });
});

test('usage is what the files say, before and after it is added up, and uploads stay counted', async () => {
  const tenant = await tenantWith('pro');
  const { ctx, organizationId } = tenant;
  const { id: projectId } = await slipway.project(tenant, { maxTotalSize: 1_000 });
  const ids = [];
  for (const size of [100, 20, 3]) {
    const upload = { name: 'a.bin', size, type: 'application/octet-stream' };
    const ticket = await requestUpload(ctx, { projectId, upload });
    await slipway.putBytes({ key: ticket.key, bytes: new Uint8Array(size), type: upload.type });
    await completeUpload(ctx, { projectId, upload: { id: ticket.id } });
    ids.push(ticket.id);
    if (size === 100) await countUsage(ctx);
  }
  await deleteFile(ctx, { projectId, fileId: ids[1] ?? '' });
  await requestUpload(ctx, { projectId, upload: { name: 'b', size: 7, type: 'text/plain' } });
  const today = new Date().toISOString().slice(0, 10);
  for (const _ of ['fresh', 'added up']) {
    const usage = await getProjectUsage(ctx, projectId);
    expect(usage.project).toMatchObject({
      files: { used: 2, reserved: 1, limit: null },
      bytes: { used: 103, reserved: 7, limit: 1_000 },
      monthlyUploads: 3,
      monthlyBytes: 123,
    });
    expect(usage.project.days).toHaveLength(30);
    expect(usage.project.days.at(-1)).toEqual({ date: today, uploads: 3, uploadedBytes: 123 });
    expect(usage.organization).toMatchObject({
      plan: { name: 'pro' },
      storageBytes: { used: 103, reserved: 7 },
      monthlyUploads: { used: 3, reserved: 1 },
      monthlyBytes: { used: 123, reserved: 7 },
    });
    expect(await getOrganizationUsage(ctx, organizationId)).toMatchObject(usage.organization);
    await countUsage(ctx);
  }
});

test('a plan limits the size of a file, the number of projects, and the calls', async () => {
  const tenant = await tenantWith('free');
  const { key } = await slipway.project(tenant);
  expect(await announce(key, GIB / 2 + 1)).toMatchObject({
    code: 'file_too_large',
    details: { rule: 'plan.fileBytes' },
  });
  const { organizationId } = tenant;
  const more = await Promise.allSettled(
    ['a', 'b', 'c', 'd'].map((name) => createProject(tenant.ctx, { organizationId, name })),
  );
  expect(more.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
  const refused = more.find((result) => result.status === 'rejected');
  expect(refused).toMatchObject({ reason: { code: 'quota_exceeded' } });
  const plain = startServerPool(
    {
      DATABASE_URL: slipway.runtime.env.DATABASE_URL,
      SLIPWAY_SECRET: slipway.runtime.env.SLIPWAY_SECRET,
      LOG_LEVEL: 'silent',
    },
    0,
  );
  const server = await plain.start();
  const answer = await fetch(`${server.url}/api/usage`, {
    headers: { authorization: `Bearer ${key}` },
  });
  expect(answer.headers.get('ratelimit-policy')).toBe('"key";q=300;w=60, "project";q=600;w=60');
  expect(await answer.json()).toMatchObject({ organization: { plan: { name: 'free' } } });
  await plain.close();
});

test('only an admin of the installation gives plans, and it is written down', async () => {
  const tenant = await slipway.tenant();
  const { ctx, organizationId } = tenant;
  await expect(assignPlan(ctx, { organizationId, plan: 'team' })).rejects.toMatchObject({
    code: 'not_found',
  });
  const named = { ...ctx, config: { ...ctx.config, adminEmails: ['somebody@example.com'] } };
  await expect(assignPlan(named, { organizationId, plan: 'team' })).rejects.toMatchObject({
    code: 'not_found',
  });
  if (ctx.actor.type !== 'user') throw new Error('a tenant is a user');
  const listed = { ...ctx, config: { ...ctx.config, adminEmails: [ctx.actor.email] } };
  expect(await assignPlan(listed, { organizationId, plan: 'team' })).toEqual({
    plan: 'team',
    limits: null,
  });
  await expect(
    assignPlan(admin.ctx, { organizationId: 'org_none', plan: 'pro' }),
  ).rejects.toMatchObject({ code: 'not_found' });
  await assignPlan(admin.ctx, { organizationId, plan: 'pro' });
  const entries = await ctx.db
    .select({ data: auditEntry.data })
    .from(auditEntry)
    .where(
      and(eq(auditEntry.organizationId, organizationId), eq(auditEntry.action, 'plan.assigned')),
    )
    .orderBy(auditEntry.createdAt);
  expect(entries.map(({ data }) => data)).toEqual([
    { before: { plan: 'self_host' }, after: { plan: 'team' } },
    { before: { plan: 'team' }, after: { plan: 'pro' } },
  ]);
});

test('80 and 100 % are told once a month each', async () => {
  const tenant = await tenantWith('free');
  const { ctx, organizationId } = tenant;
  const { id: projectId } = await slipway.project(tenant);
  const { first } = monthOf(new Date());
  const use = (uploads: number) =>
    ctx.db
      .insert(usageDay)
      .values({
        projectId,
        organizationId,
        day: first,
        uploads,
        uploadedBytes: 0,
        files: 0,
        bytes: 0,
      })
      .onConflictDoUpdate({ target: [usageDay.projectId, usageDay.day], set: { uploads } });
  const told = async () => {
    await Promise.all([watchUsage(ctx), watchUsage(ctx)]);
    await watchUsage(ctx);
    const rows = await ctx.db
      .select({ metric: usageNotice.metric, percent: usageNotice.percent })
      .from(usageNotice)
      .where(eq(usageNotice.organizationId, organizationId))
      .orderBy(usageNotice.percent);
    const { rows: jobs } = await ctx.db.execute(
      sql`select 1 from pgboss.job where name = 'usage.threshold_reached'
          and data->>'organizationId' = ${organizationId}`,
    );
    expect(jobs).toHaveLength(rows.length);
    return rows.map(({ metric, percent }) => `${metric} ${percent}`);
  };
  await use(799);
  expect(await told()).toEqual([]);
  await use(800);
  expect(await told()).toEqual(['monthlyUploads 80']);
  await use(PLANS.free.monthlyUploads ?? 0);
  expect(await told()).toEqual(['monthlyUploads 80', 'monthlyUploads 100']);
});
