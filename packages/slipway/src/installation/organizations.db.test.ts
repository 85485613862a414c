import { auditEntry } from '@repo/foundation/audit';
import { newId } from '@repo/foundation/ids';
import { organization } from '@repo/foundation/organization';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHttp } from '../http.ts';
import { createProject } from '../project/create.ts';
import { appRouter } from '../router.ts';
import { startTestSlipway, type TestSlipway, type TestTenant } from '../testing/index.ts';
import { getOrganizationUsage } from '../usage/get-usage.ts';

let slipway: TestSlipway;
let admin: TestTenant;

beforeAll(async () => {
  slipway = await startTestSlipway();
  admin = await slipway.tenant();
});
afterAll(() => slipway.close());

const callerOf = ({ ctx }: TestTenant) => appRouter.createCaller(ctx).installation;

test('to anybody but an admin of the installation none of it exists, to owners neither', async () => {
  const owner = await slipway.tenant();
  const { organizationId } = owner;
  const visitor = { ...owner.ctx, actor: { type: 'anonymous' as const } };
  for (const [who, code] of [
    [owner, 'NOT_FOUND'],
    [{ ...owner, ctx: visitor }, 'UNAUTHORIZED'],
  ] as const) {
    const caller = callerOf(who);
    const calls = [
      () => caller.organizations({}),
      () => caller.organization({ organizationId }),
      () => caller.assignPlan({ organizationId, plan: 'team' }),
    ];
    for (const call of calls) await expect(call()).rejects.toMatchObject({ code });
  }
  expect((await getOrganizationUsage(owner.ctx, organizationId)).plan.name).toBe('self_host');
});

test('all organizations are listed, found by name, id and a member’s address, a page at a time', async () => {
  const one = await slipway.tenant();
  const made = Array.from({ length: 52 }, () => ({ id: newId('org'), name: 'One of many' }));
  await one.ctx.db.insert(organization).values(made);
  const caller = callerOf(admin);
  const first = await caller.organizations({});
  const second = await caller.organizations({ cursor: first.nextCursor ?? '' });
  const ids = [...first.data, ...second.data].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(first.data).toHaveLength(50);
  for (const id of [one.organizationId, ...made.map((each) => each.id)]) expect(ids).toContain(id);
  if (one.ctx.actor.type !== 'user') throw new Error('a tenant is a user');
  const { email } = one.ctx.actor;
  await slipway.project(one);
  for (const search of [one.organizationId, email, email.slice(4, 30)]) {
    const { data } = await caller.organizations({ search });
    expect(data).toMatchObject([
      { id: one.organizationId, ownerEmail: email, members: 1, projects: 1, bytes: 0 },
    ]);
  }
  expect((await caller.organizations({ search: '%' })).data).toEqual([]);
  expect((await caller.organizations({ plan: 'pro' })).data).toEqual([]);
});

test('limits of its own come before the plan’s, at once, and are written down', async () => {
  const tenant = await slipway.tenant();
  const { organizationId, ctx } = tenant;
  const { key } = await slipway.project(tenant);
  const caller = callerOf(admin);
  const limits = { projects: 2, storageBytes: 1000, fileBytes: null, rates: { key: null } };
  await caller.assignPlan({ organizationId, plan: 'free', limits });
  const announce = async (size: number) => {
    const app = createHttp(slipway.runtime, { stopping: false });
    const response = await app.request(
      'http://127.0.0.1:3000/api/upload-url',
      {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ name: 'a.bin', size, type: 'application/octet-stream' }),
      },
      {},
    );
    const body: { error?: { details?: unknown } } = await response.json();
    const policy = response.headers.get('ratelimit-policy');
    return { status: response.status, details: body.error?.details, policy };
  };
  expect(await announce(1001)).toMatchObject({
    status: 422,
    details: { rule: 'plan.storageBytes', expected: 1000, received: 1001 },
  });
  expect(await announce(1000)).toMatchObject({ status: 201, policy: '"project";q=600;w=60' });
  await createProject(ctx, { organizationId, name: 'Second' });
  await expect(createProject(ctx, { organizationId, name: 'Third' })).rejects.toMatchObject({
    code: 'quota_exceeded',
    details: { rule: 'plan.projects', expected: 2, received: 3 },
  });
  expect(await caller.organization({ organizationId })).toMatchObject({
    isAssigned: true,
    limits,
    usage: {
      plan: { name: 'free' },
      storageBytes: { reserved: 1000, limit: 1000 },
      fileBytes: null,
    },
    members: [{ userId: tenant.userId, role: 'owner' }],
  });
  await caller.assignPlan({ organizationId, plan: 'free' });
  expect((await announce(1001)).status).toBe(201);
  const entries = await ctx.db
    .select({ data: auditEntry.data })
    .from(auditEntry)
    .where(
      and(eq(auditEntry.organizationId, organizationId), eq(auditEntry.action, 'plan.assigned')),
    )
    .orderBy(auditEntry.createdAt);
  expect(entries.map(({ data }) => data)).toEqual([
    { before: { plan: 'self_host' }, after: { plan: 'free', limits } },
    { before: { plan: 'free', limits }, after: { plan: 'free' } },
  ]);
});
