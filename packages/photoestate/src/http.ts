import {
  createKernel,
  type HttpApp,
  type KernelEnv,
  type Lifecycle,
  mountHealth,
  originsOf,
  refuseForeignOrigins,
} from '@repo/foundation/http';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import type { Context as HonoContext } from 'hono';
import type { Context } from './context.ts';
import { mountLive } from './live/http.ts';
import { mountMedia } from './media/http.ts';
import { appRouter } from './router.ts';
import type { PhotoestateRuntime } from './runtime.ts';
import { requestContext } from './session.ts';
import { createUploads } from './upload/handler.ts';

/** What this router answers; the pages answer everything else. */
export const API_PATHS = ['/api/', '/media/', '/livez', '/readyz', '/metrics'];

/** Makes the context of a request: its session's user, or nobody. */
export type RequestContext = (c: HonoContext<KernelEnv>) => Promise<Context>;

/** Everything of PhotoEstate Pro that is not a page. A worker answers for its health only. */
export function createHttp(
  runtime: PhotoestateRuntime,
  lifecycle: Lifecycle,
  { healthOnly = false } = {},
): HttpApp {
  const { env, log, metrics } = runtime;
  const app = createKernel({
    log,
    metrics,
    errorDocs: `${env.PHOTOESTATE_URL}/help/errors`,
    trustedProxies: env.TRUSTED_PROXIES,
  });
  mountHealth(app, { checks: runtime.checks, metrics, lifecycle });
  if (healthOnly) return app;
  const makeContext: RequestContext = (c) =>
    requestContext(runtime, {
      headers: c.req.raw.headers,
      requestId: c.var.requestId,
      ip: c.var.ip,
    });
  const ownPagesOnly = refuseForeignOrigins(originsOf(env.PHOTOESTATE_URL));
  app.use('/api/*', ownPagesOnly);
  app.on(['GET', 'POST'], '/api/auth/*', (c) => runtime.auth.handle(c.req.raw, c.var.ip));
  app.all('/api/trpc/*', (c) =>
    fetchRequestHandler({
      endpoint: '/api/trpc',
      req: c.req.raw,
      router: appRouter,
      createContext: () => makeContext(c),
    }),
  );
  const uploads = createUploads(runtime);
  app.on(['GET', 'POST'], '/api/uploads', (c) => uploads(c.req.raw));
  mountLive(app, makeContext);
  mountMedia(app, makeContext);
  return app;
}
