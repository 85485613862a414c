import { randomUUID } from 'node:crypto';
import { insertApiKey } from '@repo/foundation/api-key';
import { claim, keepAnswer } from '@repo/foundation/idempotency';
import { eq, like, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FIRST_KEY } from '../api-key/first-key.ts';
import { KEYS } from '../api-key/keys.ts';
import { apiKey } from '../api-key/table.ts';
import type { UploadTicket } from '../file/schema.ts';
import { file } from '../file/table.ts';
import { createHttp } from '../http.ts';
import { startTestSlipway, type TestSlipway, type TestTenant } from '../testing/index.ts';
import { type ServerProcess, startServerPool } from '../tus/testing/server-pool.ts';
import { ONCE } from './calls.ts';
import { pruneAnswers } from './prune.ts';
import { idempotencyKey } from './table.ts';

let slipway: TestSlipway;
let tenant: TestTenant;
let pool: ReturnType<typeof startServerPool>;
let servers: readonly ServerProcess[];

beforeAll(async () => {
  slipway = await startTestSlipway();
  tenant = await slipway.tenant();
  const { DATABASE_URL, DATA_DIR, SLIPWAY_SECRET } = slipway.runtime.env;
  const env = { DATABASE_URL, DATA_DIR, SLIPWAY_SECRET, LOG_LEVEL: 'silent', SLIPWAY_ROLE: 'api' };
  pool = startServerPool(env, 0);
  servers = await Promise.all([pool.start(), pool.start()]);
});

afterAll(async () => {
  await pool.close();
  await slipway.close();
});

const upload = (change: object = {}) => ({ name: 'a.png', size: 4, type: 'image/png', ...change });

interface Post {
  key: string;
  once: string;
  turn?: number;
  path?: string;
  body?: object;
}

async function post({ key, once, turn = 0, path = '/api/upload-url', body = upload() }: Post) {
  const response = await fetch(`${servers[turn % servers.length]?.url}${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      'idempotency-key': once,
    },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  const { error } = JSON.parse(text) as { error?: { code: string } };
  const replayed = response.headers.get('idempotency-replayed');
  const retryAfter = response.headers.get('retry-after');
  return { status: response.status, text, code: error?.code, replayed, retryAfter };
}

const filesOf = (projectId: string) =>
  slipway.runtime.db.$count(file, eq(file.projectId, projectId));

const rowOf = (once: string) => like(idempotencyKey.key, `%:${once}`);

/** Asks again while the first call is at work, as the SDK does. */
async function postUntilAnswered(call: Post) {
  for (;;) {
    const answer = await post(call);
    if (answer.code !== 'idempotency_in_progress') return answer;
    expect([answer.status, answer.retryAfter]).toEqual([409, '1']);
  }
}

test('50 at once under one key, by two processes, have one effect and one answer', async () => {
  const { id, key } = await slipway.project(tenant);
  const once = randomUUID();
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, turn) => postUntilAnswered({ key, once, turn })),
  );
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  expect(answers.map(({ status }) => status)).toEqual(Array(50).fill(201));
  expect(answers.filter(({ replayed }) => replayed === 'true')).toHaveLength(49);
  expect(await filesOf(id)).toBe(1);
});

test('a key is good for one path and body, and for the API key that it came with', async () => {
  const { id, key } = await slipway.project(tenant);
  const once = 'order 4711 / file "1"';
  expect((await post({ key, once })).status).toBe(201);
  for (const other of [
    { body: upload({ size: 5 }) },
    { path: '/api/upload-complete' },
    { path: '/api/upload-url?x=1' },
  ]) {
    expect(await post({ key, once, ...other })).toMatchObject({
      status: 422,
      code: 'idempotency_key_reused',
    });
  }
  const reader = await slipway.runtime.db.transaction((tx) =>
    insertApiKey(tx, KEYS, {
      ...FIRST_KEY,
      scopes: ['read'],
      ownerId: id,
      createdBy: null,
      createdAt: new Date(),
    }),
  );
  expect(await post({ key: reader.key, once })).toMatchObject({ status: 403, replayed: null });
  const stranger = await slipway.project(await slipway.tenant());
  expect(await post({ key: stranger.key, once })).toMatchObject({ status: 201, replayed: null });
});

test('a call that comes while the first is at work is told to come again', async () => {
  const { id, key } = await slipway.project(tenant);
  const once = randomUUID();
  let running: Promise<unknown> = Promise.resolve();
  await slipway.runtime.db.transaction(async (tx) => {
    // Nobody can announce a file while the table is locked.
    await tx.execute(sql`lock table file in exclusive mode`);
    running = post({ key, once });
    await expect.poll(() => slipway.runtime.db.$count(idempotencyKey, rowOf(once))).toBe(1);
    expect(await post({ key, once, turn: 1 })).toMatchObject({
      status: 409,
      code: 'idempotency_in_progress',
      retryAfter: '1',
    });
  });
  const first = await running;
  expect(await post({ key, once, turn: 1 })).toMatchObject({
    ...(first as object),
    replayed: 'true',
  });
  expect(await filesOf(id)).toBe(1);
});

test('errors of work that began are kept; refusals before it are not', async () => {
  const { id, key } = await slipway.project(tenant, { allowedTypes: ['image/png'] });
  await post({ key, once: randomUUID(), body: upload({ customId: 'taken' }) });
  const taken = randomUUID();
  const kept = await post({ key, once: taken, body: upload({ customId: 'taken' }) });
  expect(kept.code).toBe('custom_id_taken');
  await slipway.runtime.db.delete(file).where(eq(file.projectId, id));
  expect(await post({ key, once: taken, turn: 1, body: upload({ customId: 'taken' }) })).toEqual({
    ...kept,
    replayed: 'true',
  });
  const once = randomUUID();
  const refusals = [
    upload({ size: -1 }),
    upload({ type: 'text/plain' }),
    upload({ visibility: 'public' }),
    upload({ rules: { minSize: 1_000 } }),
    {},
  ];
  for (const body of refusals)
    expect(await post({ key, once, body })).toMatchObject({ replayed: null });
  expect((await post({ key, once })).status).toBe(201);
});

test('an answer that says to ask again is not kept', async () => {
  const { id, key } = await slipway.project(tenant);
  const limited = randomUUID();
  await slipway.runtime.db.execute(
    sql`update project set limits = '{"project":{"calls":1,"seconds":3600}}' where id = ${id}`,
  );
  await post({ key, once: randomUUID() });
  expect((await post({ key, once: limited })).status).toBe(429);
  await slipway.runtime.db.execute(sql`update project set limits = null where id = ${id}`);
  expect(await post({ key, once: limited })).toMatchObject({ status: 201, replayed: null });
});

test('an internal error is the first answer, too', async () => {
  const { id, key } = await slipway.project(tenant);
  const storages = { ...slipway.runtime.storages, of: () => Promise.reject(new Error('broken')) };
  const context: typeof slipway.runtime.context = (input) => ({
    ...slipway.runtime.context(input),
    storages,
  });
  const app = createHttp({ ...slipway.runtime, context }, { stopping: false });
  const once = randomUUID();
  const headers = {
    authorization: `Bearer ${key}`,
    'content-type': 'application/json',
    'idempotency-key': once,
  };
  const body = JSON.stringify(upload());
  const broken = await app.request('/api/upload-url', { method: 'POST', headers, body }, {});
  expect(broken.status).toBe(500);
  expect(await post({ key, once })).toMatchObject({
    status: 500,
    text: await broken.text(),
    replayed: 'true',
  });
  expect(await filesOf(id)).toBe(0);
});

/** A process dies at this step of the call; later its lease is over. */
async function dieAt(step: string, { key, once, path = '/api/upload-url', body = upload() }: Post) {
  const victim = await pool.start(`${step}=1`);
  const headers = {
    authorization: `Bearer ${key}`,
    'content-type': 'application/json',
    'idempotency-key': once,
  };
  const call = { method: 'POST', headers, body: JSON.stringify(body) };
  await expect(fetch(`${victim.url}${path}`, call)).rejects.toThrow();
  await victim.exited;
  expect((await post({ key, once, path, body })).code).toBe('idempotency_in_progress');
  await slipway.runtime.db
    .update(idempotencyKey)
    .set({ leaseUntil: new Date() })
    .where(rowOf(once));
}

test.each(['announce.after-row', 'idempotency.before-answer'])(
  'whoever announced a file and died at %s announced it: the next call gets its ticket',
  async (step) => {
    const { id, key } = await slipway.project(tenant);
    const once = randomUUID();
    await dieAt(step, { key, once });
    const [announced] = await slipway.runtime.db.select().from(file).where(eq(file.projectId, id));
    const answers = await Promise.all(
      [0, 1, 2, 3].map((turn) => postUntilAnswered({ key, once, turn })),
    );
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(await filesOf(id)).toBe(1);
    const ticket = JSON.parse(answers[0]?.text ?? '{}') as UploadTicket;
    expect(ticket).toMatchObject({ id: announced?.id, key: announced?.key, method: 'PUT' });
    const { pathname, search } = new URL(ticket.url);
    const put = { method: 'PUT', headers: ticket.headers, body: 'abcd' };
    expect((await fetch(`${servers[0]?.url}${pathname}${search}`, put)).status).toBe(200);
  },
);

test('of an upload in parts, too', async () => {
  const { id, key } = await slipway.project(tenant);
  const call = { key, once: randomUUID(), body: upload({ size: 20 * 1024 ** 2, multipart: true }) };
  await dieAt('idempotency.before-answer', call);
  const { status, text } = await post(call);
  expect(status).toBe(201);
  expect(JSON.parse(text)).toMatchObject({ method: 'POST', multipart: { partCount: 3 } });
  expect(await filesOf(id)).toBe(1);
});

test('a key whose secret nobody heard of was never made', async () => {
  const { id, key } = await slipway.project(tenant);
  const made = { path: '/api/keys', body: { name: 'Told', scopes: ['read'] } };
  const call = { key, once: randomUUID(), ...made };
  await dieAt('idempotency.before-commit', call);
  const { status, text } = await post(call);
  expect(status).toBe(201);
  const keys = await slipway.runtime.db.select().from(apiKey).where(eq(apiKey.ownerId, id));
  expect(keys.filter(({ name }) => name === 'Told')).toHaveLength(1);
  const { key: told } = JSON.parse(text) as { key: string };
  const authorization = `Bearer ${told}`;
  const files = await fetch(`${servers[1]?.url}/api/files`, { headers: { authorization } });
  expect(files.status).toBe(200);
  expect(await post({ ...call, turn: 1 })).toMatchObject({ text, replayed: 'true' });
  const refused = { ...call, once: randomUUID(), body: { ...made.body, scopes: ['none'] } };
  expect((await post(refused)).status).toBe(400);
  expect(await post({ ...refused, body: made.body })).toMatchObject({ status: 201 });
});

test('answers are kept for a day, then forgotten', async () => {
  const { id, key } = await slipway.project(tenant);
  const once = randomUUID();
  const first = await post({ key, once });
  const age = (ms: number) =>
    slipway.runtime.db
      .update(idempotencyKey)
      .set({ createdAt: new Date(Date.now() - ms) })
      .where(rowOf(once));
  await age(23.9 * 3_600_000);
  expect((await post({ key, once })).text).toBe(first.text);
  await pruneAnswers({ db: slipway.runtime.db, now: () => new Date() });
  expect(await slipway.runtime.db.$count(idempotencyKey, rowOf(once))).toBe(1);
  await age(24 * 3_600_000);
  expect(await post({ key, once, body: upload({ size: 9 }) })).toMatchObject({
    status: 201,
    replayed: null,
  });
  await age(24 * 3_600_000);
  await pruneAnswers({ db: slipway.runtime.db, now: () => new Date() });
  expect(await slipway.runtime.db.$count(idempotencyKey, rowOf(once))).toBe(0);
  expect(await filesOf(id)).toBe(2);
});

test('a lease that another one took over keeps no answer of the first', async () => {
  const { id } = await slipway.project(tenant);
  const { db } = slipway.runtime;
  const call = { ...ONCE, db, ownerId: id, key: 'k', fingerprint: 'f', secret: 's' };
  const first = await claim({ ...call, holder: 'one' });
  expect(first).toMatchObject({ again: false });
  await db
    .update(idempotencyKey)
    .set({ leaseUntil: new Date() })
    .where(eq(idempotencyKey.ownerId, id));
  expect(await claim({ ...call, holder: 'two' })).toEqual({ ...first, again: true });
  await keepAnswer({ ...call, holder: 'one' }, { status: 200, headers: {}, body: 'late' });
  await expect(claim({ ...call, holder: 'three' })).rejects.toMatchObject({
    code: 'idempotency_in_progress',
  });
});

test('whoever lost the call while it was at work does nothing', async () => {
  const { id, key } = await slipway.project(tenant);
  const { db } = slipway.runtime;
  const once = randomUUID();
  const lost = { key, once, path: '/api/keys', body: { name: 'Lost', scopes: ['read'] } };
  let running: ReturnType<typeof post> | undefined;
  await db.transaction(async (tx) => {
    // Nobody can make a key while none can be noted.
    await tx.execute(sql`lock table audit_entry in exclusive mode`);
    running = post(lost);
    await expect.poll(() => db.$count(idempotencyKey, rowOf(once))).toBe(1);
    await db.update(idempotencyKey).set({ holder: 'another' }).where(rowOf(once));
  });
  expect(await running).toMatchObject({ status: 409, code: 'idempotency_in_progress' });
  const keys = await db.select().from(apiKey).where(eq(apiKey.ownerId, id));
  expect(keys.map(({ name }) => name)).not.toContain('Lost');
});

test('answers lie sealed in the database, each bound to its key', async () => {
  const { key } = await slipway.project(tenant);
  const [one, other] = [randomUUID(), randomUUID()];
  const first = await post({ key, once: one });
  await post({ key, once: other });
  const { db } = slipway.runtime;
  const [row] = await db.select().from(idempotencyKey).where(rowOf(one));
  expect(row?.status).toBe(201);
  expect(row?.body).not.toContain('file_');
  expect(Buffer.from(row?.body ?? '', 'base64').toString('latin1')).not.toContain('file_');
  await db.update(idempotencyKey).set({ body: row?.body }).where(rowOf(other));
  expect(await post({ key, once: other })).toMatchObject({ status: 409, code: 'conflict' });
  expect((await post({ key, once: one })).text).toBe(first.text);
});

test('a key has 255 characters at most, and one at least', async () => {
  const { key } = await slipway.project(tenant);
  expect((await post({ key, once: 'x'.repeat(255) })).status).toBe(201);
  expect((await post({ key, once: 'x'.repeat(256) })).code).toBe('bad_request');
  expect((await post({ key, once: '' })).code).toBe('bad_request');
});

test('every POST of the description has the header, its errors, and the limit', async () => {
  const app = createHttp(slipway.runtime, { stopping: false });
  const document = (await (await app.request('/api/openapi.json', {}, {})).json()) as {
    paths: Record<
      string,
      Record<string, { parameters?: { name: string }[]; responses: object; security?: unknown }>
    >;
  };
  const operations = Object.values(document.paths).flatMap((path) => Object.entries(path));
  const posts = operations.filter(
    ([method, { security }]) => method === 'post' && security !== undefined,
  );
  expect(posts.length).toBeGreaterThanOrEqual(3);

  for (const [, { parameters, responses }] of posts) {
    expect(parameters?.map(({ name }) => name)).toContain('Idempotency-Key');
    expect(Object.keys(responses)).toEqual(expect.arrayContaining(['409', '422', '429']));
  }
});

test('every POST of the description heeds the header, whatever its body', async () => {
  const app = createHttp(slipway.runtime, { stopping: false });
  const document = (await (await app.request('/api/openapi.json', {}, {})).json()) as {
    paths: Record<string, { post?: { security?: unknown } }>;
  };
  const { key } = await slipway.project(tenant);
  const once = randomUUID();
  expect((await post({ key, once })).status).toBe(201);
  const paths = Object.entries(document.paths)
    .filter(([path, { post: own }]) => own?.security !== undefined && path !== '/upload-url')
    .map(([path]) => path.replaceAll(/\{\w+\}/g, 'any'));
  expect(paths.length).toBeGreaterThan(5);
  for (const path of paths) {
    const answer = await post({ key, once, path: `/api${path}` });
    expect([path, answer.code]).toEqual([path, 'idempotency_key_reused']);
  }
});
