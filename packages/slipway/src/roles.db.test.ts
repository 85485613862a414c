import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SlipwayEnv } from './env.ts';
import { createHttp } from './http.ts';
import { startTestSlipway, type TestSlipway } from './testing/index.ts';

let slipway: TestSlipway;

beforeAll(async () => {
  slipway = await startTestSlipway();
});

afterAll(() => slipway.close());

const PATHS = ['/livez', '/api/auth/get-session', '/api/trpc/session.me', '/api/openapi.json'];

test.each([
  ['all', [200, 200, 200, 200]],
  ['api', [200, 200, 200, 200]],
  ['web', [200, 200, 200, 404]],
  ['worker', [200, 404, 404, 404]],
] as const)('a process of the role %s answers for that and no more', async (role, expected) => {
  const env: SlipwayEnv = { ...slipway.runtime.env, SLIPWAY_ROLE: role };
  const app = createHttp({ ...slipway.runtime, env }, { stopping: false });
  const statuses = PATHS.map(async (path) => {
    const response = await app.request(`http://127.0.0.1:3000${path}`, {}, {});
    return response.status;
  });
  expect(await Promise.all(statuses)).toEqual(expected);
  const ingest = await app.request('http://127.0.0.1:3000/ingest/a/b', { method: 'PUT' }, {});
  expect(ingest.status === 404).toBe(role === 'web' || role === 'worker');
});
