import type { HttpBindings } from '@hono/node-server';
import { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { routePath } from 'hono/route';
import { type AppError, appError, toAppError, validationError } from '../errors/index.ts';
import { randomToken } from '../ids/index.ts';
import type { Logger, Metrics } from '../telemetry/index.ts';

export interface KernelEnv {
  Bindings: HttpBindings;
  Variables: { requestId: string; ip: string | null };
}

export type HttpApp = OpenAPIHono<KernelEnv>;

export interface KernelOptions {
  log: Logger;
  metrics: Metrics;
  /** Where errors are explained; `#code` is added. */
  errorDocs: string;
}

const REQUEST_ID = /^[\w-]{8,64}$/;
const QUIET = new Set(['/livez', '/readyz', '/metrics']);

/** The public shape of every error. */
export function errorBody(error: AppError, options: { requestId: string; errorDocs: string }) {
  return {
    error: {
      code: error.code,
      message: error.message,
      docs: `${options.errorDocs}#${error.code}`,
      requestId: options.requestId,
      ...(error.details === undefined ? {} : { details: error.details }),
    },
  };
}

/** An empty router whose bad input fails like every other error. Features mount their routes on one. */
export function createRouter(): HttpApp {
  return new OpenAPIHono<KernelEnv>({
    defaultHook: (result) => {
      if (!result.success) throw validationError(result.error);
    },
  });
}

/**
 * The outermost router: request ids, access log, metrics by route pattern and
 * the one place where errors become responses.
 */
export function createKernel(options: KernelOptions): HttpApp {
  const app = createRouter();

  app.use(async (c, next) => {
    const given = c.req.header('x-request-id');
    const requestId =
      given !== undefined && REQUEST_ID.test(given) ? given : `req_${randomToken(20)}`;
    c.set('requestId', requestId);
    c.set('ip', c.env.incoming?.socket.remoteAddress ?? null);
    const start = performance.now();
    await next();
    c.res.headers.set('x-request-id', requestId);
    c.res.headers.set('x-content-type-options', 'nosniff');
    observe(c, performance.now() - start, options);
  });

  app.onError((error, c) => {
    const appError = fromHono(error);
    const requestId = c.get('requestId');
    if (appError.status >= 500)
      options.log.error({ err: appError.cause ?? appError, requestId }, appError.message);
    c.header('x-request-id', requestId);
    c.header('cache-control', 'no-store');
    if (appError.retryAfter !== undefined) c.header('retry-after', String(appError.retryAfter));
    return c.json(
      errorBody(appError, { requestId, errorDocs: options.errorDocs }),
      appError.status as 500,
    );
  });

  app.notFound((c) => {
    const error = appError('not_found', `There is nothing at ${c.req.method} ${c.req.path}.`);
    return c.json(
      errorBody(error, { requestId: c.get('requestId'), errorDocs: options.errorDocs }),
      404,
    );
  });

  return app;
}

/** Hono's own refusals: a body that is no JSON, a missing content type. */
function fromHono(error: Error): AppError {
  if (!(error instanceof HTTPException) || error.status >= 500) return toAppError(error);
  return appError('bad_request', `The request could not be read: ${error.message}.`, {
    cause: error,
  });
}

function observe(c: Context<KernelEnv>, ms: number, { log, metrics }: KernelOptions): void {
  const { method, path } = c.req;
  if (QUIET.has(path)) return;
  const route = routePath(c, -1);
  const { status } = c.res;
  metrics.httpDuration.observe({ method, route, status: String(status) }, ms / 1000);
  log.info(
    { requestId: c.get('requestId'), method, path, status, ms: Math.round(ms * 10) / 10 },
    'request',
  );
}
