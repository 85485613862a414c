import type { HttpBindings } from '@hono/node-server';
import { OpenAPIHono } from '@hono/zod-openapi';
import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import { routePath } from 'hono/route';
import { type AppError, appError, toAppError, validationError } from '../errors/index.ts';
import { randomToken } from '../ids/index.ts';
import { type Logger, type Metrics, maskSecrets } from '../telemetry/index.ts';

export interface KernelEnv {
  Bindings: HttpBindings;
  Variables: { requestId: string; ip: string | null };
}

export type HttpApp = OpenAPIHono<KernelEnv>;

export interface KernelOptions {
  log: Logger;
  metrics: Metrics;
  /** The page that explains errors, where there is one; `/code` is added. */
  errorDocs?: string;
  /** Proxies in front of us: so many addresses at the end of X-Forwarded-For are theirs. */
  trustedProxies?: number;
  /** Below these paths a body may have any length; everywhere else `MAX_BODY_BYTES`. */
  uploadPaths?: readonly string[];
}

const REQUEST_ID = /^[\w-]{8,64}$/;
/** JSON and forms. More than that has no business outside an upload. */
const MAX_BODY_BYTES = 1024 * 1024;
const QUIET = new Set(['/livez', '/readyz', '/metrics']);

/** The public shape of every error. */
export function errorBody(
  error: AppError,
  options: { requestId: string; errorDocs?: string | undefined },
) {
  return {
    error: {
      code: error.code,
      message: maskSecrets(error.message),
      ...(options.errorDocs === undefined ? {} : { docs: `${options.errorDocs}/${error.code}` }),
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
  // Nothing in these lines is secret, so nothing has to be looked for.
  const access = options.log.child({}, { redact: [] });

  app.use(async (c, next) => {
    const given = c.req.header('x-request-id');
    const requestId =
      given !== undefined && REQUEST_ID.test(given) ? given : `req_${randomToken(20)}`;
    c.set('requestId', requestId);
    c.set('ip', clientAddress(c, options.trustedProxies ?? 0));
    const start = performance.now();
    await next();
    addHeaders(c, requestId);
    observe(c, performance.now() - start, { log: access, metrics: options.metrics });
  });

  app.use((c, next) =>
    options.uploadPaths?.some((path) => c.req.path.startsWith(path)) ? next() : limitBody(c, next),
  );

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
    const { method, path } = c.req;
    const allowed = methodsAt(app, path);
    const nothing = `There is nothing at ${method} ${path}`;
    const error =
      allowed.length === 0
        ? appError('not_found', `${nothing}.`)
        : appError('method_not_allowed', `${nothing}: expected ${allowed.join(', ')}.`);
    if (allowed.length > 0) c.header('allow', allowed.join(', '));
    return c.json(
      errorBody(error, { requestId: c.get('requestId'), errorDocs: options.errorDocs }),
      error.status as 404,
    );
  });

  return app;
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** What else could be asked there. Middleware is for all methods, so it is none of them. */
function methodsAt({ router }: HttpApp, path: string): string[] {
  const routes = METHODS.flatMap((method) =>
    router
      .match(method, path)[0]
      .map(([[, route]]) => route)
      .filter((route) => route.method === method),
  );
  // A path of its own is not one of those that only look like it: `export` is no file's id.
  const own = routes.filter((route) => route.path === path);
  return [...new Set((own.length > 0 ? own : routes).map(({ method }) => method))];
}

/**
 * The address to limit and record by. A client can write any X-Forwarded-For, but
 * the last entries are written by our own proxies, each naming who it spoke with.
 */
export function clientAddress(c: Context<KernelEnv>, trustedProxies: number): string | null {
  const peer = c.env.incoming?.socket.remoteAddress ?? null;
  if (trustedProxies === 0) return peer;
  const forwarded = (c.req.header('x-forwarded-for') ?? '').split(',').map((part) => part.trim());
  return forwarded.filter((part) => part !== '').at(-trustedProxies) ?? peer;
}

/** On Node's own response where there is one: `c.res` would have to become a whole `Response` for it. */
function addHeaders(c: Context<KernelEnv>, requestId: string): void {
  const { outgoing } = c.env;
  if (outgoing?.headersSent) return;
  const set = (name: string, value: string) =>
    outgoing === undefined ? c.res.headers.set(name, value) : outgoing.setHeader(name, value);
  set('x-request-id', requestId);
  set('x-content-type-options', 'nosniff');
}

const countBody = bodyLimit({ maxSize: MAX_BODY_BYTES, onError: refuseLongBody });

/**
 * Where a length is announced Node lets no more than that through. Only a body of unknown
 * length has to be counted, which makes it a web stream and costs more than the rest of a request.
 */
const limitBody: MiddlewareHandler<KernelEnv> = (c, next) => {
  const { method } = c.req;
  if (method === 'GET' || method === 'HEAD') return next();
  const length = c.req.header('content-length');
  if (length === undefined || c.req.header('transfer-encoding') !== undefined) {
    return countBody(c, next);
  }
  if (Number(length) > MAX_BODY_BYTES) refuseLongBody(c);
  return next();
};

function refuseLongBody(c: Context): never {
  // The rest of the body is still on its way; nobody is going to read it.
  c.header('connection', 'close');
  throw appError('payload_too_large', `Expected a body of at most ${MAX_BODY_BYTES} bytes.`);
}

/** Hono's own refusals: a body that is no JSON, a missing content type. */
function fromHono(error: Error): AppError {
  if (!(error instanceof HTTPException) || error.status >= 500) return toAppError(error);
  const wanted =
    error.status === 415 ? 'expected the header "Content-Type: application/json"' : error.message;
  return appError('bad_request', `The request could not be read: ${wanted}.`, { cause: error });
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
