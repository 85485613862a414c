import { type ApiKeyRow, actorOf, admitKey } from '@repo/foundation/api-key';
import type { ApiKeyActor } from '@repo/foundation/context';
import { createRouter, type HttpApp, type KernelEnv } from '@repo/foundation/http';
import { answerOnce, begunOf, describeEveryCall } from '@repo/foundation/idempotency';
import { budgetFor } from '@repo/foundation/rate-limit';
import type { Context as HonoContext, MiddlewareHandler } from 'hono';
import { verifyApiKey } from '../api-key/verify.ts';
import { mountBatches } from '../batch/http.ts';
import { mountCredits } from '../credit/http.ts';
import { mountEnhancements } from '../enhancement/http.ts';
import { idempotencyKey } from '../idempotency/table.ts';
import { mountListings } from '../listing/http.ts';
import { mountPhotoFiles } from '../media/api-http.ts';
import { mountPhotos } from '../photo/http.ts';
import type { PhotoestateRuntime } from '../runtime.ts';
import { mountScenes } from '../scene/http.ts';
import { mountWebhooks } from '../webhook/http.ts';
import type { KeyContext } from './rest.ts';

/** Where the API begins. */
export const API_PATH = '/api/v1';

const INFO = {
  openapi: '3.1.0',
  info: {
    title: 'PhotoEstate Pro API',
    version: '1.0.0',
    description:
      'From a shoot to finished photos: create a listing, upload the frames of its brackets, and have its scenes enhanced. Frames are sorted into scenes by themselves. Webhooks tell when a listing is done. A key is made in the app: Organization, API keys.',
  },
};

/** Their work is done in the storage of the photos, which knows no transaction of ours. */
const OUTSIDE = /\/photos(\/from-url|\/[^/]+\/complete)?$/;

/** The request's key, put there by `requireApiKey`. */
const admitted = new WeakMap<Request, ApiKeyActor>();

/** What the API takes of a process's runtime. */
export interface ApiRuntime extends Pick<PhotoestateRuntime, 'limiter' | 'context'> {
  env: Pick<
    PhotoestateRuntime['env'],
    'PHOTOESTATE_URL' | 'PHOTOESTATE_SECRET' | 'RATE_LIMIT_PER_KEY' | 'RATE_LIMIT_PER_ORGANIZATION'
  >;
}

/** The REST API. Everything but its description asks for a key. */
export function mountApi(app: HttpApp, runtime: ApiRuntime): void {
  const rest = createRouter();
  rest.openAPIRegistry.registerComponent('securitySchemes', 'apiKey', {
    type: 'http',
    scheme: 'bearer',
    description: 'A key of the organization, pk_live_…',
  });
  rest.get('/openapi.json', (c) => {
    const servers = [{ url: `${runtime.env.PHOTOESTATE_URL}${API_PATH}` }];
    return c.json(describeEveryCall(rest.getOpenAPI31Document({ ...INFO, servers })));
  });
  rest.use('*', requireApiKey(runtime));
  const keyContext: KeyContext = (c) => {
    const actor = admitted.get(c.req.raw);
    if (actor === undefined) throw new Error(`no key was checked for ${c.req.path}`);
    const { requestId, ip } = c.var;
    const ctx = { ...runtime.context({ actor, requestId, ip }), ...begunOf(c.req.raw) };
    return { ctx, organizationId: actor.ownerId };
  };
  mountListings(rest, keyContext);
  mountPhotos(rest, keyContext);
  mountPhotoFiles(rest, keyContext);
  mountScenes(rest, keyContext);
  mountEnhancements(rest, keyContext);
  mountBatches(rest, keyContext);
  mountCredits(rest, keyContext);
  mountWebhooks(rest, keyContext);
  app.route(API_PATH, rest);
}

function requireApiKey(runtime: ApiRuntime): MiddlewareHandler<KernelEnv> {
  const { env, limiter } = runtime;
  const budgets = ({ key }: { key: ApiKeyRow }) => [
    ...budgetFor('key', key.id, env.RATE_LIMIT_PER_KEY),
    ...budgetFor('organization', key.ownerId, env.RATE_LIMIT_PER_ORGANIZATION),
  ];
  return async (c: HonoContext<KernelEnv>, next) => {
    const { requestId, ip } = c.var;
    const ctx = runtime.context({ actor: { type: 'anonymous' }, requestId, ip });
    const { key } = await admitKey(c, limiter, {
      authorization: c.req.header('authorization'),
      verify: (header) => verifyApiKey(ctx, header),
      budgets,
    });
    admitted.set(c.req.raw, actorOf(key));
    const call = {
      db: ctx.db,
      log: ctx.log,
      table: idempotencyKey,
      keyId: key.id,
      ownerId: key.ownerId,
      secret: env.PHOTOESTATE_SECRET,
      sealedAs: 'photoestate idempotent answers v1',
      // May be sent again when the bytes are there.
      refusedCodes: new Set(['upload_incomplete']),
      isOneTransaction: (path: string) => !OUTSIDE.test(path),
    };
    return answerOnce(c, call, next);
  };
}
