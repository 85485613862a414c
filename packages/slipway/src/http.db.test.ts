import { Readable } from 'node:stream';
import { DrizzleQueryError } from 'drizzle-orm/errors';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHttp } from './http.ts';
import { OPERATIONS } from './openapi.ts';
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

interface Described {
  operationId: string;
  requestBody?: { content: Record<string, { schema: { $ref?: string } }> };
  parameters?: { in: string; name: string }[];
  security?: object[];
}

test('a field that nobody knows is refused by every call, by its name', async () => {
  const app = createHttp(slipway.runtime, { stopping: false });
  const { key } = await slipway.project(await slipway.tenant());
  const described = await (await app.request('/api/openapi.json', {}, {})).json();
  const { paths, components } = described as {
    paths: Record<string, Record<string, Described>>;
    components: { schemas: Record<string, { additionalProperties?: unknown }> };
  };
  const issuesOf = async (method: string, path: string, body?: object) => {
    const response = await app.request(
      `/api${path.replaceAll(/\{\w+\}/g, 'x')}`,
      {
        method: method.toUpperCase(),
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        ...(body && { body: JSON.stringify(body) }),
      },
      { incoming: { socket: {} } },
    );
    const { error } = (await response.json()) as {
      error: { code: string; details?: { issues: { path: string }[] } };
    };
    expect(error.code, `${method} ${path}`).toBe('validation_failed');
    return error.details?.issues.map((issue) => issue.path);
  };
  let bodies = 0;
  for (const [path, operations] of Object.entries(paths)) {
    for (const [method, { requestBody, parameters = [], security }] of Object.entries(operations)) {
      const name = requestBody?.content['application/json']?.schema.$ref?.split('/').at(-1);
      if (requestBody !== undefined) {
        bodies += 1;
        const signed = security === undefined ? '?expires=1&signature=x' : '';
        const issues = await issuesOf(method, `${path}${signed}`, { nobodyKnows: 1 });
        expect(issues, `${method} ${path}`).toContain('nobodyKnows');
        if (name !== undefined)
          expect(components.schemas[name], name).toMatchObject({ additionalProperties: false });
      }
      // Signed addresses may be passed on by whatever adds to them.
      if (security === undefined || !parameters.some((each) => each.in === 'query')) continue;
      expect(await issuesOf(method, `${path}?nobodyKnows=1`)).toContain('nobodyKnows');
    }
  }
  expect(bodies).toBeGreaterThan(10);
  // To be read from its beginning: every operation has a place.
  const ids = Object.values(paths).flatMap((operations) =>
    Object.values(operations).map(({ operationId }) => operationId),
  );
  expect(ids.slice(0, 2)).toEqual(['requestUpload', 'completeUpload']);
  expect(OPERATIONS.filter((id) => !ids.includes(id))).toEqual([]);
  expect(ids.filter((id) => !OPERATIONS.includes(id))).toEqual([]);
});

test('what was probably meant is named', async () => {
  const app = createHttp(slipway.runtime, { stopping: false });
  const { key } = await slipway.project(await slipway.tenant());
  const response = await app.request(
    '/api/upload-url',
    {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'a.txt', size: 1, type: 'text/plain', custom_id: 'a' }),
    },
    { incoming: { socket: {} } },
  );
  expect(await response.json()).toMatchObject({
    error: {
      code: 'validation_failed',
      message: '"custom_id" is not valid: there is no such field, the nearest is "customId".',
      details: { issues: [{ path: 'custom_id' }] },
    },
  });
});
