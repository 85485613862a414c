import { Readable } from 'node:stream';
import { DrizzleQueryError } from 'drizzle-orm/errors';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHttp } from './http.ts';
import { startTestSlipway, type TestSlipway } from './testing/index.ts';

let slipway: TestSlipway;

beforeAll(async () => {
  slipway = await startTestSlipway();
});

afterAll(() => slipway.close());

const ORIGIN = 'http://127.0.0.1:3000';

/** Zeros without end and without a Content-Length; counts what was taken of them. */
function endlessBody() {
  let taken = 0;
  const stream = new Readable({
    read(size) {
      taken += size;
      this.push(Buffer.alloc(size));
    },
  });
  return { body: Readable.toWeb(stream) as ReadableStream, taken: () => taken };
}

test.each(['/api/trpc/organization.create', '/api/auth/sign-up/email', '/api/nowhere'])(
  'a body without end to %s is cut after a mebibyte',
  async (path) => {
    const app = createHttp(slipway.runtime, { stopping: false });
    const { body, taken } = endlessBody();
    const headers = { 'content-type': 'application/json', origin: ORIGIN };
    const init = { method: 'POST', headers, body, duplex: 'half' };
    const response = await app.request(`${ORIGIN}${path}`, init as RequestInit, {});
    expect([404, 413]).toContain(response.status);
    expect(taken()).toBeLessThan(3 * 1024 * 1024);
  },
);

test('when the session cannot be told, a procedure says so, with the request’s id', async () => {
  const gone = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  const auth = {
    ...slipway.runtime.auth,
    getSession: () => Promise.reject(new DrizzleQueryError('select', [], gone)),
  };
  const app = createHttp({ ...slipway.runtime, auth }, { stopping: false });
  const response = await app.request(`${ORIGIN}/api/trpc/session.me`, {}, {});
  expect(response.status).toBe(503);
  const { error } = (await response.json()) as {
    error: { json: { data: Record<string, unknown> } };
  };
  expect(error.json.data).toMatchObject({ appCode: 'unavailable' });
  expect(error.json.data['requestId']).toBe(response.headers.get('x-request-id'));
});

test('a failure inside sign-in has the one error shape', async () => {
  const auth = { ...slipway.runtime.auth, handle: () => Promise.reject(new Error('params: hash')) };
  const app = createHttp({ ...slipway.runtime, auth }, { stopping: false });
  const response = await app.request(`${ORIGIN}/api/auth/sign-in/email`, { method: 'POST' }, {});
  expect(response.status).toBe(500);
  expect(await response.json()).toMatchObject({ error: { code: 'internal' } });
});

test('a procedure’s body that is no JSON is the caller’s mistake', async () => {
  const app = createHttp(slipway.runtime, { stopping: false });
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{' };
  const response = await app.request(`${ORIGIN}/api/trpc/organization.create`, init, {});
  expect(response.status).toBe(400);
});

test('a name of a megabyte is refused at sign-up', async () => {
  const app = createHttp(slipway.runtime, { stopping: false });
  const body = JSON.stringify({
    name: 'x'.repeat(900_000),
    email: 'big@example.com',
    password: 'correct horse',
  });
  const headers = { 'content-type': 'application/json', origin: ORIGIN };
  const response = await app.request(
    `${ORIGIN}/api/auth/sign-up/email`,
    { method: 'POST', headers, body },
    {},
  );
  expect(response.status).toBe(400);
});
