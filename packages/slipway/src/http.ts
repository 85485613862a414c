import { toAppError } from '@repo/foundation/errors';
import {
  createKernel,
  createRouter,
  type HttpApp,
  type KernelEnv,
  type Lifecycle,
  mountHealth,
  refuseForeignOrigins,
} from '@repo/foundation/http';
import { answerOnce, begunOf, describeEveryCall } from '@repo/foundation/idempotency';
import { mountUnsubscribe } from '@repo/foundation/notification';
import { limitSignIn } from '@repo/foundation/rate-limit';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import type { Context, MiddlewareHandler } from 'hono';
import { mountKeys } from './api-key/http.ts';
import type { VerifiedKey } from './api-key/index.ts';
import { mountCallbacks } from './callback/http.ts';
import { onlyFilesOnTheirHost } from './delivery/files-host.ts';
import { mountDelivery } from './delivery/http.ts';
import { mountPreviews } from './delivery/preview-http.ts';
import { mountDemo } from './demo/http.ts';
import { mountDeviceLogin } from './device-login/http.ts';
import { mountEvents } from './event/http.ts';
import { mountFileChanges } from './file/change-http.ts';
import { mountDashboardExport, mountFileExport } from './file/export-http.ts';
import { mountFiles } from './file/http.ts';
import { mountUploadSessions } from './file/upload-http.ts';
import { mountUploadFromUrl } from './from-url/http.ts';
import { ONCE } from './idempotency/calls.ts';
import { inOrder, OPENAPI_INFO, TAGS } from './openapi.ts';
import { heldPlan } from './plan/held-plan.ts';
import { mountPictures } from './profile/http.ts';
import { mountProject } from './project/http.ts';
import { admitKey } from './rate-limit/index.ts';
import { appRouter } from './router.ts';
import type { SlipwayRuntime } from './runtime.ts';
import { mountIngest } from './storage/index.ts';
import type { TrpcContext } from './trpc.ts';
import { mountTus, mountUploadTokens } from './tus/index.ts';
import { mountUploadLog } from './upload-log/http.ts';
import { mountUploadthing } from './uploadthing/index.ts';
import { mountUsage } from './usage/http.ts';
import { mountWebhooks } from './webhook/http.ts';

/** Where errors are explained; a code is added. */
export const errorDocsOf = ({ SLIPWAY_URL }: Pick<SlipwayRuntime['env'], 'SLIPWAY_URL'>) =>
  `${SLIPWAY_URL}/docs/errors`;

/** What this router answers; the pages answer everything else. */
export const API_PATHS = [
  '/api/',
  '/f/',
  '/a/',
  '/uploadthing/',
  '/ingest/',
  '/tus',
  '/tus/',
  '/livez',
  '/readyz',
  '/metrics',
];

/** Bodies of files: they take as long as they take. */
export const LONG_PATHS = ['/ingest/', '/tus', '/tus/', '/uploadthing/ingest/'];

/**
 * Everything of Slipway that is not a page: REST, the dashboard's procedures, sign-in, files, health.
 * By role less of it: a worker answers for its health only, a process of pages also what these call.
 */
export function createHttp(runtime: SlipwayRuntime, lifecycle: Lifecycle): HttpApp {
  const { env, log, metrics } = runtime;
  const app = createKernel({
    log,
    metrics,
    errorDocs: errorDocsOf(env),
    trustedProxies: env.TRUSTED_PROXIES,
    uploadPaths: LONG_PATHS,
  });
  const { checks, reported } = runtime;
  mountHealth(app, { checks, reported, log, metrics, lifecycle });
  if (env.SLIPWAY_ROLE === 'worker') return app;
  onlyFilesOnTheirHost(app, env);
  mountAuth(app, runtime);
  mountTrpc(app, runtime);
  mountUnsubscribe(app, (c) => requestContext(runtime, c));
  if (env.SLIPWAY_ROLE === 'web') return app;
  if (runtime.diskRoot !== null) {
    mountIngest(app, { root: runtime.diskRoot, signer: runtime.signer, now: () => new Date() });
  }
  mountTus(app, (c) => requestContext(runtime, c));
  mountDelivery(app, (c) => requestContext(runtime, c));
  mountUploadthing(app, (c) => requestContext(runtime, c));
  mountDemo(app, runtime);
  mountDeviceLogin(app, (c) => requestContext(runtime, c));
  mountRest(app, runtime);
  return app;
}

function requestContext(runtime: SlipwayRuntime, c: Context<KernelEnv>) {
  return runtime.context({
    actor: { type: 'anonymous' },
    requestId: c.get('requestId'),
    ip: c.get('ip'),
  });
}

const ownPagesOnly = ({ SLIPWAY_URL }: SlipwayRuntime['env']) =>
  refuseForeignOrigins({ publicUrl: SLIPWAY_URL, variable: 'SLIPWAY_URL' });

function mountAuth(app: HttpApp, { auth, env, limiter }: SlipwayRuntime): void {
  app.use('/api/auth/*', ownPagesOnly(env));
  app.use('/api/auth/*', limitSignIn(limiter, '/api/auth'));
  app.on(['GET', 'POST'], '/api/auth/*', (c) => auth.handle(c.req.raw, c.get('ip')));
}

function mountTrpc(app: HttpApp, runtime: SlipwayRuntime): void {
  for (const path of ['/api/trpc/*', '/api/download/*', '/api/account/*'])
    app.use(path, ownPagesOnly(runtime.env));
  mountDashboardExport(app, (c) => trpcContext(runtime, c));
  mountPreviews(app, (c) => trpcContext(runtime, c));
  mountPictures(app, (c) => trpcContext(runtime, c));
  app.all('/api/trpc/*', (c) =>
    fetchRequestHandler({
      endpoint: '/api/trpc',
      req: c.req.raw,
      router: appRouter,
      createContext: () => trpcContext(runtime, c),
    }),
  );
}

/** A session that cannot be told fails each procedure, so that the page gets its shape and the request's id. */
async function trpcContext(runtime: SlipwayRuntime, c: Context<KernelEnv>): Promise<TrpcContext> {
  const { requestId, ip } = c.var;
  const anonymous = () => runtime.context({ actor: { type: 'anonymous' }, requestId, ip });
  try {
    const session = await runtime.auth.getSession(c.req.raw.headers);
    if (session === null) return anonymous();
    const { userId, email, sessionId } = session;
    const actor = { type: 'user' as const, userId, email, sessionId };
    return runtime.context({ actor, requestId, ip });
  } catch (error) {
    return { ...anonymous(), failure: toAppError(error) };
  }
}

/** The request's key, put there by `requireApiKey`. */
const verifiedKeys = new WeakMap<Request, VerifiedKey>();

function requireApiKey(runtime: SlipwayRuntime): MiddlewareHandler<KernelEnv> {
  return async (c, next) => {
    // A path may be below two of those that ask for a key; it counts once.
    if (verifiedKeys.has(c.req.raw)) return next();
    const ctx = requestContext(runtime, c);
    const key = await admitKey(c, ctx, c.req.header('authorization'));
    verifiedKeys.set(c.req.raw, key);
    const { db, log } = ctx;
    const { keyId, ownerId } = key.actor;
    const { SLIPWAY_SECRET: secret } = runtime.env;
    return answerOnce(c, { ...ONCE, db, log, keyId, ownerId, secret }, next);
  };
}

function mountRest(app: HttpApp, runtime: SlipwayRuntime): void {
  const rest = createRouter();
  rest.openAPIRegistry.registerComponent('securitySchemes', 'apiKey', {
    type: 'http',
    scheme: 'bearer',
    description: 'The project’s secret key, sk_live_…',
  });
  rest.get('/openapi.json', (c) =>
    c.json(
      inOrder(
        describeEveryCall(
          rest.getOpenAPI31Document({
            ...OPENAPI_INFO,
            tags: TAGS,
            servers: [{ url: `${runtime.env.SLIPWAY_URL}/api` }],
          }),
        ),
      ),
    ),
  );
  const checkKey = requireApiKey(runtime);
  for (const path of [
    '/upload-url',
    '/upload-complete',
    '/upload-from-url',
    '/upload-token',
    '/files',
    '/files/*',
    '/project',
    '/keys',
    '/keys/*',
    '/events',
    '/webhooks',
    '/webhooks/*',
    '/usage',
    '/usage/*',
    '/upload-log',
  ]) {
    rest.use(path, checkKey);
  }
  const keyContext = (c: Context<KernelEnv>) => {
    const key = verifiedKeys.get(c.req.raw);
    if (key === undefined) throw new Error(`no key was checked for ${c.req.path}`);
    const ctx = runtime.context({
      actor: key.actor,
      requestId: c.get('requestId'),
      ip: c.get('ip'),
    });
    const plan = key.plan ?? heldPlan(ctx.config.defaultPlan);
    const of = { ...ctx, project: key.project, plan, ...begunOf(c.req.raw) };
    return { ctx: of, projectId: key.project.id };
  };
  mountFileExport(rest, keyContext);
  mountFileChanges(rest, keyContext);
  mountFiles(rest, keyContext);
  mountCallbacks(rest, keyContext);
  mountUploadTokens(rest, keyContext);
  mountUploadFromUrl(rest, keyContext);
  mountUploadSessions(rest, (c) => requestContext(runtime, c));
  mountProject(rest, keyContext);
  mountKeys(rest, keyContext);
  mountEvents(rest, keyContext);
  mountWebhooks(rest, keyContext);
  mountUploadLog(rest, keyContext);
  mountUsage(rest, keyContext);
  app.route('/api', rest);
}
