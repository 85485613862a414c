import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestTenant } from '../testing/index.ts';
import { type ServedSlipway, serveTestSlipway } from '../testing/serve.ts';
import { recordEvent } from './record.ts';
import type { EventPage } from './schema.ts';

let slipway: ServedSlipway;
let tenant: TestTenant;

beforeAll(async () => {
  slipway = await serveTestSlipway();
  tenant = await slipway.tenant();
});
afterAll(() => slipway.close());

const told = (projectId: string, name: string) => ({
  projectId,
  type: 'file.ready' as const,
  entityId: `file_${randomUUID()}`,
  data: { name },
  at: new Date(),
});

const tell = (projectId: string, name: string) =>
  tenant.ctx.db.transaction((tx) => recordEvent(tx, tenant.ctx, told(projectId, name)));

async function ask(key: string, query = ''): Promise<{ names: unknown[]; nextCursor: string }> {
  const response = await fetch(`${slipway.url}/api/events${query}`, {
    headers: { authorization: `Bearer ${key}` },
  });
  expect(response.status).toBe(200);
  const page = (await response.json()) as EventPage;
  return { names: page.data.map(({ data }) => data['name']), nextCursor: page.nextCursor };
}

test('who follows the cursors sees every event once, in order, and nobody else’s', async () => {
  const { id, key } = await slipway.project(tenant);
  const other = await slipway.project(tenant);
  expect(await ask(key)).toEqual({ names: [], nextCursor: '0' });
  for (const name of ['a', 'b', 'c']) await tell(id, name);
  await tell(other.id, 'foreign');
  const first = await ask(key, '?limit=2');
  expect(first.names).toEqual(['b', 'c']);
  const begin = await ask(key, '?after=0&limit=2');
  expect(begin.names).toEqual(['a', 'b']);
  expect((await ask(key, `?after=${begin.nextCursor}`)).names).toEqual(['c']);
  expect(await ask(key, `?after=${first.nextCursor}`)).toEqual({
    names: [],
    nextCursor: first.nextCursor,
  });
});

test('an event that was numbered before another and committed after it is not skipped', async () => {
  const { id, key } = await slipway.project(tenant);
  await tell(id, 'first');
  const { nextCursor } = await ask(key);
  let page: Promise<{ names: unknown[] }> | undefined;
  await tenant.ctx.db.transaction(async (tx) => {
    await recordEvent(tx, tenant.ctx, told(id, 'slow'));
    await tell(id, 'quick');
    page = ask(key, `?after=${nextCursor}`);
    expect(
      await Promise.race([page, new Promise((resolve) => setTimeout(resolve, 300, 'waits'))]),
    ).toBe('waits');
  });
  expect((await page)?.names).toEqual(['slow', 'quick']);
});

test('whoever begins while somebody writes for long is not told to begin with all there ever was', async () => {
  const { id, key } = await slipway.project(tenant);
  await tell(id, 'old');
  const call = () =>
    fetch(`${slipway.url}/api/events?limit=1`, { headers: { authorization: `Bearer ${key}` } });
  await tenant.ctx.db.transaction(async (tx) => {
    await recordEvent(tx, tenant.ctx, told(id, 'slow'));
    const answer = await call();
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
  });
  expect((await ask(key, '?limit=1')).names).toEqual(['slow']);
});

test('keys are made, rolled and revoked by a key that may', async () => {
  const { key } = await slipway.project(tenant);
  const call = async (path: string, method: string, body?: object) => {
    const response = await fetch(`${slipway.url}/api/keys${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? null : JSON.parse(text) };
  };
  const opens = async (other: string) =>
    (await fetch(`${slipway.url}/api/project`, { headers: { authorization: `Bearer ${other}` } }))
      .status;
  const mistyped = await call('', 'POST', { name: 'Server', scopes: ['read'], test: true });
  expect([mistyped.status, mistyped.body.error.message]).toEqual([
    400,
    expect.stringContaining('"test"'),
  ]);
  const made = await call('', 'POST', { name: 'Server', scopes: ['read'] });
  expect([made.status, await opens(made.body.key)]).toEqual([201, 200]);
  const rolled = await call(`/${made.body.id}/roll`, 'POST', { overlapHours: 0 });
  expect([await opens(made.body.key), await opens(rolled.body.key)]).toEqual([401, 200]);
  const listed = await call('', 'GET');
  expect(listed.body.data.map(({ name }: { name: string }) => name)).toEqual([
    'Server',
    'Secret key',
  ]);
  expect(JSON.stringify(listed.body)).not.toContain(rolled.body.key);
  expect((await call(`/${rolled.body.id}`, 'DELETE')).status).toBe(204);
  expect(await opens(rolled.body.key)).toBe(401);
});
