import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { loadEnv } from '@repo/foundation/config';
import { createTestDatabase, type TestDatabase } from '@repo/foundation/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRuntime } from './create-runtime.ts';
import { PhotoestateEnv } from './env.ts';
import { createHttp } from './http.ts';
import type { PhotoestateRuntime } from './runtime.ts';
import { seedUser } from './seed.ts';

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

test('the demo user is made once, found by its password, and never taken from somebody', async () => {
  const demo = { email: 'demo@photoestate.local', password: 'correct horse', name: 'Demo' };
  const made = await seedUser(runtime, demo);
  expect(await seedUser(runtime, demo)).toEqual(made);
  await expect(seedUser(runtime, { ...demo, password: 'another one' })).rejects.toThrow(
    'There is an account demo@photoestate.local already, which this start did not make.',
  );
});
