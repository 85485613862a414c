import { toAppError } from '@repo/foundation/errors';
import {
  createKernel,
  type HttpApp,
  type KernelEnv,
  type Lifecycle,
  mountHealth,
  refuseForeignOrigins,
} from '@repo/foundation/http';
import { mountUnsubscribe } from '@repo/foundation/notification';
import { limitSignIn } from '@repo/foundation/rate-limit';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import type { Context as HonoContext } from 'hono';
import { compress } from 'hono/compress';
import { mountApi } from './api/http.ts';
import type { Context } from './context.ts';
import { isEditKey } from './edit/once.ts';
import { mountGallery } from './gallery/http.ts';
import { mountFavourites, mountGalleryMedia } from './gallery/media.ts';
import { mountLive } from './live/http.ts';
import { mountMedia } from './media/http.ts';
import { appRouter } from './router.ts';
import type { PhotoestateRuntime } from './runtime.ts';
import { requestContext } from './session.ts';
import { createUploads } from './upload/handler.ts';

/** Where errors are explained; a code is added. */
export const errorDocsOf = ({
  PHOTOESTATE_URL,
}: Pick<PhotoestateRuntime['env'], 'PHOTOESTATE_URL'>) => `${PHOTOESTATE_URL}/docs/errors`;

/** What this router answers; the pages answer everything else. */
export const API_PATHS = ['/api/', '/media/', '/livez', '/readyz', '/metrics'];

/** Makes the context of a request: its session's user, or nobody. */
export type RequestContext = (c: HonoContext<KernelEnv>) => Promise<Context>;

/**
 * Everything of PhotoEstate Pro that is not a page. By role less of it: a worker answers for its
 * health only, a process of pages also their procedures and sign-in.
 */
export function createHttp(runtime: PhotoestateRuntime, lifecycle: Lifecycle): HttpApp {
  const { env, log, metrics } = runtime;
  const app = createKernel({
    log,
    metrics,
    errorDocs: errorDocsOf(env),
    trustedProxies: env.TRUSTED_PROXIES,
  });
  mountHealth(app, { checks: runtime.checks, log, metrics, lifecycle });
  if (env.PHOTOESTATE_ROLE === 'worker') return app;
  const makeContext: RequestContext = (c) =>
    requestContext(runtime, {
      headers: c.req.raw.headers,
      requestId: c.var.requestId,
      ip: c.var.ip,
    });
  // In front of the check of origins: mailboxes send from anywhere, and the link is the permission.
  mountUnsubscribe(app, (c) => runtime.context({ actor: { type: 'anonymous' }, ...c.var }));
  // Before what only our own pages may call: whoever has a key may call from anywhere.
  if (env.PHOTOESTATE_ROLE !== 'web') mountApi(app, runtime);
  const ownPagesOnly = refuseForeignOrigins({
    publicUrl: env.PHOTOESTATE_URL,
    variable: 'PHOTOESTATE_URL',
  });
  app.use('/api/*', ownPagesOnly);
  app.use('/api/auth/*', limitSignIn(runtime.limiter, '/api/auth'));
  app.on(['GET', 'POST'], '/api/auth/*', (c) => runtime.auth.handle(c.req.raw, c.var.ip));
  // The photos of a long shoot are a megabyte, and a tenth of it so.
  app.use('/api/trpc/*', compress());
  app.all('/api/trpc/*', (c) =>
    fetchRequestHandler({
      endpoint: '/api/trpc',
      req: c.req.raw,
      router: appRouter,
      // A session that cannot be told fails each procedure, so that the page gets its shape and the
      // request's id.
      createContext: async ({ info }) => ({
        ...(await makeContext(c).catch((error: unknown) => ({
          ...runtime.context({ actor: { type: 'anonymous' }, ...c.var }),
          failure: toAppError(error),
        }))),
        editKey: editKeyOf(c, info.isBatchCall),
      }),
    }),
  );
  mountGallery(app, {
    makeContext,
    limiter: runtime.limiter,
    publicUrl: env.PHOTOESTATE_URL,
  });
  if (env.PHOTOESTATE_ROLE === 'web') return app;
  const uploads = createUploads(runtime);
  app.on(['GET', 'POST'], '/api/uploads', (c) =>
    uploads(c.req.raw, { requestId: c.var.requestId, ip: c.var.ip }),
  );
  mountLive(app, makeContext);
  mountMedia(app, makeContext);
  mountGalleryMedia(app, makeContext);
  mountFavourites(app, makeContext);
  return app;
}

/** Calls that are sent together share their headers, so none of them has a key. */
function editKeyOf(c: HonoContext<KernelEnv>, isBatch: boolean): string | undefined {
  const key = c.req.header('idempotency-key');
  return key !== undefined && !isBatch && isEditKey(key) ? key : undefined;
}
