import { randomUUID } from 'node:crypto';
import { insertApiKey } from '@repo/foundation/api-key';
import { eq, sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { FIRST_KEY } from '../api-key/first-key.ts';
import { KEYS } from '../api-key/keys.ts';
import { project } from '../project/table.ts';
import { startTestSlipway, type TestSlipway, type TestTenant } from '../testing/index.ts';
import { type ServerProcess, startServerPool } from '../tus/testing/server-pool.ts';
import type { ProjectLimits } from './project-limits.ts';

let slipway: TestSlipway;
let tenant: TestTenant;
let pool: ReturnType<typeof startServerPool>;
let servers: readonly ServerProcess[];

beforeAll(async () => {
  slipway = await startTestSlipway();
  tenant = await slipway.tenant();
  const { DATABASE_URL, DATA_DIR, SLIPWAY_SECRET } = slipway.runtime.env;
  const env = { DATABASE_URL, DATA_DIR, SLIPWAY_SECRET, LOG_LEVEL: 'warn', SLIPWAY_ROLE: 'api' };
  pool = startServerPool({ ...env, TRUSTED_PROXIES: '1' }, 2);
  servers = await Promise.all([pool.start(), pool.start()]);
});

afterEach(() => slipway.runtime.db.execute(sql`delete from rate_budget`));

afterAll(async () => {
  await pool.close();
  await slipway.close();
});

async function newProject(limits: ProjectLimits) {
  const { id, key } = await slipway.project(tenant);
  await slipway.runtime.db.update(project).set({ limits }).where(eq(project.id, id));
  return { id, key };
}

const server = (turn: number) => servers[turn % servers.length]?.url ?? '';

/** Calls by both processes in turn, from this address as the proxy in front tells it. */
function get(key: string, turn: number, forwarded = '192.0.2.1') {
  const headers = { authorization: `Bearer ${key}`, 'x-forwarded-for': forwarded };
  return fetch(`${server(turn)}/api/project`, { headers });
}

async function statuses(calls: readonly Promise<Response>[]): Promise<Record<number, number>> {
  const counts: Record<number, number> = {};
  for (const { status } of await Promise.all(calls)) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

const times = <T>(count: number, make: (turn: number) => T) =>
  Array.from({ length: count }, (_, turn) => make(turn));

test('of 1,000 calls by two processes as many pass as the budget has, one more or less', async () => {
  const { key } = await newProject({ project: { calls: 400, seconds: 86_400 } });
  const { 200: passed = 0, 429: refused = 0 } = await statuses(
    times(1000, (turn) => get(key, turn)),
  );
  expect(passed + refused).toBe(1000);
  expect(Math.abs(passed - 400)).toBeLessThanOrEqual(1);
});

test('a key that used up its budget leaves its project’s to the others', async () => {
  const { id, key } = await newProject({
    project: { calls: 100, seconds: 86_400 },
    key: { calls: 60, seconds: 86_400 },
  });
  const other = await slipway.runtime.db.transaction((tx) =>
    insertApiKey(tx, KEYS, { ...FIRST_KEY, ownerId: id, createdBy: null, createdAt: new Date() }),
  );
  expect(await statuses(times(200, (turn) => get(key, turn)))).toEqual({ 200: 60, 429: 140 });
  expect(await statuses(times(100, (turn) => get(other.key, turn)))).toEqual({ 200: 40, 429: 60 });
});

test('answers tell the budget and what is left of it, refusals when to come again', async () => {
  const { key } = await newProject({
    project: { calls: 3, seconds: 3600 },
    key: { calls: 2, seconds: 3600 },
  });
  const first = await get(key, 0);
  expect(first.headers.get('ratelimit-policy')).toBe('"key";q=2;w=3600, "project";q=3;w=3600');
  expect(first.headers.get('ratelimit')).toMatch(
    /^"key";r=1;t=1[78]\d\d, "project";r=2;t=1[12]\d\d$/,
  );
  await get(key, 1);
  const refused = await get(key, 0);
  expect(refused.status).toBe(429);
  expect(refused.headers.get('ratelimit')).toMatch(/^"key";r=0;t=3\d\d\d$/);
  const wait = Number(refused.headers.get('retry-after'));
  expect(wait).toBeGreaterThan(1700);
  expect(wait).toBeLessThanOrEqual(1800);
  expect(await refused.json()).toMatchObject({
    error: { code: 'rate_limited', details: { policy: 'key', quota: 2, windowSeconds: 3600 } },
  });
});

test('what was spent comes back evenly', async () => {
  const { id, key } = await newProject({ project: { calls: 100, seconds: 3600 } });
  await statuses(times(100, (turn) => get(key, turn)));
  await slipway.runtime.db.execute(
    sql`update rate_budget set at = at - interval '360 seconds' where key = ${`project:${id}`}`,
  );
  const { 200: passed = 0 } = await statuses(times(30, (turn) => get(key, turn)));
  expect([10, 11]).toContain(passed);
});

test('limits that nobody set are not counted', async () => {
  const { key } = await newProject({});
  const answer = await get(key, 0);
  expect([answer.status, answer.headers.get('ratelimit')]).toEqual([200, null]);
});

function signIn(
  turn: number,
  { email = 'nobody@example.com', password = 'wrong guess', forwarded = '192.0.2.7' },
) {
  return fetch(`${server(turn)}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      origin: 'http://127.0.0.1:3000',
      'x-forwarded-for': forwarded,
    },
    body: JSON.stringify({ email, password }),
  });
}

test('the 11th guess at a password waits, whatever X-Forwarded-For it makes up, at either process', async () => {
  // What the client writes stands before what our proxy writes.
  const guess = (turn: number) => signIn(turn, { forwarded: `203.0.113.${turn}, 192.0.2.9` });
  for (const turn of times(10, (turn) => turn)) expect((await guess(turn)).status).toBe(401);
  for (const turn of [10, 11]) {
    const refused = await guess(turn);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({ error: { code: 'rate_limited' } });
  }
  expect((await signIn(12, { forwarded: '192.0.2.9, 192.0.2.10' })).status).toBe(401);
});

test('who signs in with the right password is not counted', async () => {
  const user = { email: `${randomUUID()}@example.com`, password: 'correct horse' };
  await slipway.runtime.auth.createUser({ ...user, name: 'Test' });
  const seen = [];
  for (const turn of times(12, (turn) => turn)) seen.push((await signIn(turn, user)).status);
  expect(seen).toEqual(times(12, () => 200));
});

const unknownKey = (turn: number) => `sk_live_${String(turn).padStart(32, 'x')}`;

test('an address that sends unknown keys waits; others, and keys in use there, do not', async () => {
  const { key } = await newProject({});
  await Promise.all([get(key, 0), get(key, 1)]);
  const guess = (turn: number) => get(unknownKey(turn), turn, `198.51.100.${turn}, 192.0.2.1`);
  const seen = [];
  for (const turn of times(104, (turn) => turn)) seen.push((await guess(turn)).status);
  expect(seen).toEqual([...times(100, () => 401), ...times(4, () => 429)]);
  expect((await get(key, 0)).status).toBe(200);
  expect((await get(unknownKey(0), 0, '192.0.2.2')).status).toBe(401);
  const fresh = await newProject({});
  expect((await get(fresh.key, 0)).status).toBe(429);
});

test('while the table does not answer uploads pass, and guesses are counted by each process', async () => {
  const { key } = await newProject({ project: { calls: 1, seconds: 86_400 } });
  const { db } = slipway.runtime;
  await db.execute(sql`alter table rate_budget rename to rate_budget_gone`);
  try {
    const answers = await Promise.all(times(10, () => get(key, 0, '192.0.2.60')));
    expect(answers.map(({ status }) => status)).toEqual(times(10, () => 200));
    expect(answers[0]?.headers.get('ratelimit')).toBeNull();
    const seen = [];
    for (const _ of times(12, () => 0))
      seen.push((await signIn(0, { forwarded: '192.0.2.44' })).status);
    expect(seen).toEqual([...times(10, () => 401), 429, 429]);
    const metrics = await (await fetch(`${server(0)}/metrics`)).text();
    expect(metrics).toMatch(/^rate_limiter_failures_total\{[^}]*\} [1-9]/m);
  } finally {
    await db.execute(sql`alter table rate_budget_gone rename to rate_budget`);
  }
  await expect
    .poll(async () => (await get(key, 0, '192.0.2.60')).headers.get('ratelimit'))
    .toContain('"project"');
});
