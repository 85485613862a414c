import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { loadEnv } from '@repo/foundation/config';
import { createTestDatabase, type TestDatabase } from '@repo/foundation/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { API_PATH } from './api/http.ts';
import { createRuntime } from './create-runtime.ts';
import { PhotoestateEnv } from './env.ts';
import { createHttp } from './http.ts';
import type { PhotoestateRuntime } from './runtime.ts';
import { seedUser } from './seed.ts';
import { everyAddress, OF_NOBODY, OTHER_TABLES } from './testing/every-address.ts';
import { NOTHING } from './testing/subject.ts';

let database: TestDatabase;
let runtime: PhotoestateRuntime;

beforeAll(async () => {
  database = await createTestDatabase();
  runtime = await createRuntime(
    loadEnv(PhotoestateEnv, {
      DATABASE_URL: database.url,
      DATA_DIR: tmpdir(),
      PHOTOESTATE_SECRET: randomUUID() + randomUUID(),
      SLIPWAY_API_KEY: 'sk_live_of_nobody',
      LOG_LEVEL: 'silent',
    }),
  );
});

afterAll(async () => {
  await runtime.close();
  await database.drop();
});

test.each([
  ['all', [200, 200, 200]],
  ['api', [200, 200, 200]],
  ['web', [200, 200, 404]],
  ['worker', [200, 404, 404]],
] as const)('a process of the role %s answers for that and no more', async (role, expected) => {
  const env: PhotoestateEnv = { ...runtime.env, PHOTOESTATE_ROLE: role };
  const app = createHttp({ ...runtime, env }, { stopping: false });
  const statuses = ['/livez', '/api/auth/get-session', '/api/uploads'].map(async (path) => {
    const response = await app.request(`http://127.0.0.1:3001${path}`, {}, {});
    return response.status;
  });
  expect(await Promise.all(statuses)).toEqual(expected);
});

const MIDDLEWARE = ['ALL /*', 'ALL /api/*', 'ALL /api/auth/*', 'ALL /api/gallery/*'];

test('the tables know every address that is not a page', () => {
  const app = createHttp(runtime, { stopping: false });
  const served = app.routes
    .filter(({ path }) => !path.startsWith(API_PATH))
    .map(({ method, path }) => `${method} ${path}`);
  const known = [...Object.keys(everyAddress(NOTHING)), ...OTHER_TABLES, ...OF_NOBODY];
  expect([...new Set(served)].filter((name) => !MIDDLEWARE.includes(name)).sort()).toEqual(
    known.sort(),
  );
});

test('a page of another site changes nothing, whatever session its visitor has', async () => {
  const app = createHttp(runtime, { stopping: false });
  const writes = [
    ...Object.entries(everyAddress(NOTHING))
      .map(
        ([name, { path }]) => [name.split(' ')[0] ?? '', path.replaceAll('//', '/any/')] as const,
      )
      .filter(([method]) => method !== 'GET'),
    ...['listing.create', 'account.delete'].map((path) => ['POST', `/api/trpc/${path}`] as const),
    ...['sign-in/email', 'sign-out'].map((path) => ['POST', `/api/auth/${path}`] as const),
    ['POST', '/api/uploads'] as const,
  ];
  expect(writes.length).toBeGreaterThan(8);
  for (const [method, path] of writes) {
    const headers = { origin: 'https://elsewhere.example', 'content-type': 'text/plain' };
    const answer = await app.request(path, { method, headers, body: '{}' }, {});
    expect(answer.status, `${method} ${path}`).toBe(403);
  }
});

test('sessions are kept where scripts and other sites do not reach them, and end with signing out', async () => {
  const secure = await createRuntime({
    ...runtime.env,
    PHOTOESTATE_URL: 'https://photos.example.com',
  });
  const app = createHttp(secure, { stopping: false });
  const post = (path: string, body: object, cookie = '') =>
    app.request(
      `https://photos.example.com/api/auth/${path}`,
      {
        method: 'POST',
        body: JSON.stringify(body),
        headers: {
          origin: 'https://photos.example.com',
          'content-type': 'application/json',
          cookie,
        },
      },
      {},
    );
  const account = { email: 'pat@example.com', password: 'correct horse', name: 'Pat' };
  const cookies = (await post('sign-up/email', account)).headers.getSetCookie();
  expect(cookies.length).toBeGreaterThan(0);
  for (const line of cookies)
    expect(line).toMatch(/^__(Host|Secure)-(?=.*; HttpOnly)(?=.*; Secure)(?=.*; SameSite=Lax)/i);
  const cookie = cookies.map((line) => line.split(';', 1)[0]).join('; ');
  const signedIn = async () => (await secure.auth.getSession(new Headers({ cookie }))) !== null;
  expect(await signedIn()).toBe(true);
  expect((await post('sign-out', {}, cookie)).status).toBe(200);
  expect(await signedIn()).toBe(false);
  await secure.close();
});

test('the demo user is made once, found by its password, and never taken from somebody', async () => {
  const demo = { email: 'demo@photoestate.local', password: 'correct horse', name: 'Demo' };
  const made = await seedUser(runtime, demo);
  expect(await seedUser(runtime, demo)).toEqual(made);
  await expect(seedUser(runtime, { ...demo, password: 'another one' })).rejects.toThrow(
    'There is an account demo@photoestate.local already, which this start did not make.',
  );
});
