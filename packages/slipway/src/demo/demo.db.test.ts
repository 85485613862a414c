import { hashApiKey } from '@repo/foundation/api-key';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { apiKey } from '../api-key/table.ts';
import { requestUpload } from '../file/request-upload.ts';
import { file } from '../file/table.ts';
import { createHttp } from '../http.ts';
import { startTestSlipway, type TestSlipway } from '../testing/index.ts';

const KEY = `sk_live_${'d'.repeat(32)}`;
let slipway: TestSlipway;
let projectId: string;

beforeAll(async () => {
  slipway = await startTestSlipway({ DEMO_API_KEY: KEY });
  const tenant = await slipway.tenant();
  ({ id: projectId } = await slipway.project(tenant, { visibility: 'public' }));
  const { db } = slipway.runtime;
  await db
    .update(apiKey)
    .set({ hash: hashApiKey(KEY), scopes: ['upload'] })
    .where(eq(apiKey.ownerId, projectId));
});
afterAll(() => slipway.close());

interface From {
  headers?: Record<string, string>;
  address?: string;
}

async function call(
  path: string,
  body: object | string,
  { headers, address = '203.0.113.7' }: From = {},
) {
  const env = { incoming: { socket: { remoteAddress: address } } };
  const app = createHttp(slipway.runtime, { stopping: false });
  const response = await app.request(
    `/api/demo/${path}`,
    {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    },
    env,
  );
  return { status: response.status, headers: response.headers, body: await response.json() };
}

const text = { name: 'a.txt', size: 5, type: 'text/plain' };

test('a visitor uploads without a key; the file is private, is over in a day, and has no address', async () => {
  const asked = await call('upload-url', text);
  expect(asked.status).toBe(201);
  const { id, key } = asked.body;
  await slipway.putBytes({ key, bytes: Buffer.from('hello'), type: 'text/plain' });
  const done = await call('upload-complete', { id });
  expect(done.body).toMatchObject({ status: 'ready', visibility: 'private', url: null });
  const [row] = await slipway.runtime.db.select().from(file).where(eq(file.id, id));
  const lives = (row?.deleteAt?.getTime() ?? 0) - Date.now();
  expect(lives).toBeGreaterThan(23 * 3_600_000);
  expect(lives).toBeLessThanOrEqual(24 * 3_600_000);
});

test('a visitor cannot widen what the demo allows', async () => {
  const large = await call('upload-url', { ...text, size: 5_000_001 });
  expect(large.body.error.code).toBe('file_too_large');
  const page = await call('upload-url', { ...text, name: 'a.html', type: 'text/html' });
  expect(page.body.error.code).toBe('file_type_not_allowed');
  const wish = { visibility: 'public', expiresInDays: 300, route: 'x', rules: {} };
  const asked = await call('upload-url', { ...text, ...wish });
  const [row] = await slipway.runtime.db.select().from(file).where(eq(file.id, asked.body.id));
  expect(row).toMatchObject({ isPrivate: true, route: 'front-page' });
  expect(row?.deleteAt?.getTime()).toBeLessThanOrEqual(Date.now() + 24 * 3_600_000);
});

test.each([
  ['', 'bad_request'],
  ['{"name":', 'bad_request'],
  ['null', 'validation_failed'],
  ['"a.txt"', 'validation_failed'],
  ['[1]', 'validation_failed'],
])('a body of %j is the visitor’s mistake: %s', async (body, code) => {
  for (const path of ['upload-url', 'upload-complete']) {
    const answer = await call(path, body, { address: '203.0.113.8' });
    expect(answer).toMatchObject({ status: 400, body: { error: { code } } });
    expect(answer.body.error.requestId).toMatch(/^req_/);
  }
});

test('other files of the project are not there', async () => {
  const tenantless = slipway.runtime.context({
    actor: {
      type: 'api_key',
      keyId: 'k',
      name: 'k',
      ownerId: projectId,
      scopes: ['admin'],
      isTest: false,
    },
    requestId: 'req_test',
    ip: null,
  });
  const other = await requestUpload(tenantless, { projectId, upload: text });
  const answer = await call('upload-complete', { id: other.id });
  expect(answer.body.error.code).toBe('not_found');
});

test('pages of other sites may not, and neither may one address without end', async () => {
  const foreign = await call('upload-url', text, { headers: { origin: 'https://evil.example' } });
  expect(foreign.status).toBe(403);
  const statuses: number[] = [];
  for (let calls = 0; calls < 12; calls += 1)
    statuses.push((await call('upload-url', text)).status);
  expect(statuses).toContain(201);
  expect(statuses.at(-1)).toBe(429);
});

test('without a key of its own there is nothing', async () => {
  const { DEMO_API_KEY: _, ...env } = slipway.runtime.env;
  const app = createHttp({ ...slipway.runtime, env }, { stopping: false });
  const response = await app.request(
    '/api/demo/upload-url',
    { method: 'POST', body: '{}' },
    { incoming: { socket: {} } },
  );
  expect(response.status).toBe(404);
});
