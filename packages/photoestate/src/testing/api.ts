import { createKernel } from '@repo/foundation/http';
import { createRateLimiter } from '@repo/foundation/rate-limit';
import { createMetrics } from '@repo/foundation/telemetry';
import { type ApiRuntime, mountApi } from '../api/http.ts';
import { createApiKey } from '../api-key/manage.ts';
import type { Context } from '../context.ts';
import type { KeyScope } from '../permission.ts';
import { appRouter } from '../router.ts';
import type { World } from './world.ts';

export interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: what came is what is tested
  json: any;
}

export type Ask = (
  method: string,
  path: string,
  more?: { body?: unknown; headers?: object },
) => Promise<Answer>;

export interface TestApi {
  /** Calls with this key; with null without one. */
  as(key: string | null): Ask;
  document(): Promise<Answer>;
}

/** The REST API over a world's database, called without a network. */
export function createTestApi(world: World, change: Partial<ApiRuntime['env']> = {}): TestApi {
  const { db, log } = world.system;
  const metrics = createMetrics('test');
  const app = createKernel({ log, metrics, errorDocs: 'http://photoestate.test/docs/errors' });
  const env = {
    PHOTOESTATE_URL: 'http://photoestate.test',
    PHOTOESTATE_SECRET: 'a secret of tests that is long enough',
    RATE_LIMIT_PER_KEY: { calls: 10_000, seconds: 60 },
    RATE_LIMIT_PER_ORGANIZATION: null,
    ...change,
  };
  const limiter = createRateLimiter({ db, log, metrics });
  mountApi(app, { env, limiter, context: (input) => ({ ...world.system, ...input }) });
  const call = async (path: string, init: RequestInit): Promise<Answer> => {
    const response = await app.request(`/api/v1${path}`, init, {});
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      json: text === '' ? null : JSON.parse(text),
    };
  };
  return {
    as: (key) => (method, path, more) =>
      call(path, {
        method,
        headers: {
          ...(key !== null && { authorization: `Bearer ${key}` }),
          ...(more?.body !== undefined && { 'content-type': 'application/json' }),
          ...more?.headers,
        },
        ...(more?.body !== undefined && { body: JSON.stringify(more.body) }),
      }),
    document: () => call('/openapi.json', {}),
  };
}

export async function organizationOf(ctx: Context): Promise<string> {
  const me = await appRouter.createCaller(ctx).session.me();
  return me?.organizations[0]?.id ?? '';
}

export async function newKey(
  ctx: Context,
  scopes: KeyScope[] = ['admin'],
): Promise<{ id: string; key: string; organizationId: string }> {
  const organizationId = await organizationOf(ctx);
  const { apiKey, key } = await createApiKey(ctx, { organizationId, name: 'Test', scopes });
  return { id: apiKey.id, key, organizationId };
}
