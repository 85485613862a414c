import { randomInt, randomUUID } from 'node:crypto';
import { hashApiKey } from '@repo/foundation/api-key';
import { AppError } from '@repo/foundation/errors';
import { member } from '@repo/foundation/organization';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { apiKey } from './api-key/table.ts';
import { requestUpload } from './file/request-upload.ts';
import { createHttp } from './http.ts';
import {
  KEY_SCOPES,
  type KeyScope,
  MEMBER_ROLES,
  type MemberRole,
  ROLE_PERMISSIONS,
  SCOPE_PERMISSIONS,
} from './permission.ts';
import { project } from './project/table.ts';
import { appRouter } from './router.ts';
import {
  everyProcedure,
  everyRoute,
  OPEN_PROCEDURES,
  refusalOf,
  type Subject,
} from './testing/every-call.ts';
import { startTestSlipway, type TestSlipway, type TestTenant } from './testing/index.ts';

let slipway: TestSlipway;
let owner: TestTenant;

beforeAll(async () => {
  // Each call comes from an address of its own, or so many wrong keys would pass for guessing.
  slipway = await startTestSlipway({ TRUSTED_PROXIES: '1' });
  owner = await slipway.tenant();
});
afterAll(() => slipway.close());

/** Things of the owner's own, to be asked for by others. */
async function subject(of = owner): Promise<Subject & { key: string }> {
  const { id: projectId, key } = await slipway.project(of);
  const upload = { name: 'a.txt', size: 1, type: 'text/plain' };
  const { id: fileId } = await requestUpload(of.ctx, { projectId, upload });
  return { organizationId: of.organizationId, projectId, fileId, key };
}

async function personWith(role: MemberRole): Promise<TestTenant> {
  const person = await slipway.tenant();
  const { organizationId } = owner;
  await owner.ctx.db.insert(member).values({ organizationId, userId: person.userId, role });
  return person;
}

test('the table knows every procedure of the router', () => {
  const known = Object.keys(everyProcedure({ organizationId: '', projectId: '', fileId: '' }));
  expect([...known, ...OPEN_PROCEDURES].sort()).toEqual(
    Object.keys(appRouter._def.procedures).sort(),
  );
});

test.each(MEMBER_ROLES)(
  '%s: each procedure lets in, or names the permission that is missing',
  async (role) => {
    const { ctx } = await personWith(role);
    const calls = everyProcedure(await subject());
    for (const [name, { needs, input }] of Object.entries(calls)) {
      const refusal = await refusalOf(ctx, name, input);
      const code = refusal instanceof AppError ? refusal.code : String(refusal?.message);
      if (ROLE_PERMISSIONS[role].includes(needs)) {
        expect(code, `${role} calls ${name}`).not.toMatch(/forbidden|unauthenticated/);
      } else {
        expect(refusal, `${role} calls ${name}`).toMatchObject({
          code: 'forbidden',
          details: { permission: needs },
        });
        expect(refusal?.message).toContain(needs);
      }
    }
  },
);

test('a member who is removed is a stranger by the next call, a changed role counts at once', async () => {
  const { ctx, userId } = await personWith('admin');
  const calls = Object.entries(everyProcedure(await subject()));
  const role = (to: MemberRole) =>
    ctx.db.update(member).set({ role: to }).where(eq(member.userId, userId));
  const { projectId } = await subject();
  const rename = () => refusalOf(ctx, 'project.rename', { projectId, name: 'Mine' });
  expect(await rename()).toBeNull();
  await role('viewer');
  expect(await rename()).toMatchObject({ code: 'forbidden' });
  await ctx.db.delete(member).where(eq(member.userId, userId));
  for (const [name, { input }] of calls)
    expect(await refusalOf(ctx, name, input), name).toMatchObject({ code: 'not_found' });
});

test('fields that nobody asked for place nothing elsewhere and raise nobody', async () => {
  const { ctx, userId } = await personWith('developer');
  const stranger = await slipway.tenant();
  const foreign = {
    role: 'owner',
    userId: stranger.userId,
    ownerId: userId,
    id: `prj_${randomUUID()}`,
    scopes: ['admin'],
    createdBy: stranger.userId,
    deletedAt: new Date(0),
    status: 'ready',
  };
  const { db } = ctx;
  const members = () => db.select().from(member).orderBy(member.createdAt, member.userId);
  const before = await members();
  for (const [name, { input }] of Object.entries(everyProcedure(await subject()))) {
    // Leaving changes the members, as it should.
    if (name === 'member.leave') continue;
    await refusalOf(ctx, name, { ...foreign, ...input });
    expect(await members(), name).toEqual(before);
  }
  expect(
    await db.select().from(project).where(eq(project.organizationId, stranger.organizationId)),
  ).toEqual([]);
  expect(await db.select().from(project).where(eq(project.id, foreign.id))).toEqual([]);
});

interface Operation {
  name: string;
  method: string;
  path: string;
  hasKey: boolean;
}

async function operations(): Promise<Operation[]> {
  const app = createHttp(slipway.runtime, { stopping: false });
  const document: {
    paths: Record<string, Record<string, { operationId: string; security?: unknown[] }>>;
  } = await (await app.request('/api/openapi.json', {}, {})).json();
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId, security }]) => ({
      name: operationId,
      method: method.toUpperCase(),
      path: `/api${path}`,
      hasKey: (security ?? []).length > 0,
    })),
  );
}

/** Guessing is limited by address; here nobody guesses. */
const fromAnywhere = () => ({ incoming: { socket: { remoteAddress: randomUUID() } } });

async function send(
  { name, method, path }: Operation,
  { key, id }: { key: string | null; id: string },
): Promise<{ status: number; body: string }> {
  const app = createHttp(slipway.runtime, { stopping: false });
  const body = everyRoute()[name]?.body;
  const headers = {
    'x-forwarded-for': `10.${[1, 2, 3].map(() => randomInt(256)).join('.')}`,
    ...(key !== null && { authorization: `Bearer ${key}` }),
    ...(method !== 'GET' && { 'content-type': 'application/json' }),
  };
  const sent = method === 'GET' ? {} : { body: JSON.stringify(body ?? {}) };
  const url = path.replace(/\{\w+\}/g, id);
  const response = await app.request(url, { method, headers, ...sent }, fromAnywhere());
  return { status: response.status, body: await response.text() };
}

/** A key as the database would have it. */
async function plantKey(
  projectId: string,
  more: { scopes?: KeyScope[]; revokedAt?: Date; expiresAt?: Date },
): Promise<string> {
  const key = `sk_live_${randomUUID().replaceAll('-', '')}`;
  const values = {
    id: `key_${randomUUID()}`,
    ownerId: projectId,
    hash: hashApiKey(key),
    last4: 'last',
  };
  await owner.ctx.db.insert(apiKey).values({ ...values, ...more });
  return key;
}

test('the table knows every REST route that takes a key', async () => {
  const withKey = (await operations()).filter((one) => one.hasKey).map((one) => one.name);
  expect(withKey.sort()).toEqual(Object.keys(everyRoute()).sort());
});

test('no route answers without a key, with an unknown, a revoked or an expired one', async () => {
  const { projectId, fileId: id } = await subject();
  const past = new Date(Date.now() - 1);
  const keys = {
    none: null,
    unknown: `sk_live_${'x'.repeat(32)}`,
    revoked: await plantKey(projectId, { revokedAt: past }),
    expired: await plantKey(projectId, { expiresAt: past }),
  };
  for (const route of (await operations()).filter((one) => one.hasKey)) {
    for (const [which, key] of Object.entries(keys)) {
      const { status, body } = await send(route, { key, id });
      expect(status, `${route.name} with the key: ${which}`).toBe(401);
      expect(body).not.toContain(projectId);
      if (key !== null) expect(body).not.toContain(key);
    }
  }
});

test('to another organization’s key what is named by an id does not exist', async () => {
  const { fileId: id, projectId } = await subject();
  const { key } = await subject(await slipway.tenant());
  const named = (await operations()).filter((one) => one.path.includes('{') && one.hasKey);
  expect(named.length).toBeGreaterThan(0);
  for (const route of named) {
    const { status, body } = await send(route, { key, id });
    expect(status, route.name).toBe(404);
    expect(body).not.toContain(projectId);
  }
});

test('addresses that need no key need their signature', async () => {
  const { fileId: id, key } = await subject();
  for (const route of (await operations()).filter((one) => !one.hasKey)) {
    const { status } = await send(route, { key, id });
    expect([400, 401, 403], route.name).toContain(status);
  }
});

test.each(KEY_SCOPES)('a key for “%s” does that, and nothing else', async (scope) => {
  const { projectId } = await subject();
  const key = await plantKey(projectId, { scopes: [scope] });
  const routes = everyRoute();
  for (const route of (await operations()).filter((one) => one.hasKey)) {
    const { fileId: id } = await subject();
    const needs = routes[route.name]?.needs;
    if (needs === undefined) throw new Error(`${route.name} is not in the table`);
    const { status, body } = await send(route, { key, id });
    if (SCOPE_PERMISSIONS[scope].includes(needs)) {
      expect([401, 403, 500], `${scope} calls ${route.name}`).not.toContain(status);
    } else {
      expect(status, `${scope} calls ${route.name}`).toBe(403);
      const { error }: { error: object } = JSON.parse(body);
      expect(error).toMatchObject({ code: 'forbidden', details: { permission: needs } });
    }
  }
});
