import type { FileRequest, JsonValue, UploadRules, WireError } from '../shared/types.ts';
import { isRecord } from './call.ts';
import { apiKeyOf, createSlipway, type Slipway } from './client.ts';
import { type SlipwayOptions, variable } from './connection.ts';
import { handleCallback } from './handle-callback.ts';
import { handleComplete } from './handle-complete.ts';
import { type Answer, handleRequest } from './handle-request.ts';
import { corsHeaders, judgeOrigin } from './origin.ts';
import { createRefusalLog, type NoteRefusals } from './refusals.ts';
import type { AnyRoute, Routes } from './route.ts';
import { deriveCallbackSecret, deriveTokenKey } from './token.ts';
import { createSetupCheck, warn } from './warn.ts';
import { refuse, WireFailure } from './wire-failure.ts';

/** What failed, for your logs. */
export interface HandlerErrorContext {
  readonly during:
    | 'authorize'
    | 'create'
    | 'complete'
    | 'callback'
    | 'onComplete'
    | 'refusals'
    | 'handler';
  readonly route: string | null;
  readonly requestId?: string | undefined;
}

/** Options of `createUploadHandler`. */
export interface UploadHandlerOptions<R extends Routes = Routes> extends SlipwayOptions {
  readonly routes: R;
  /** A client made before; otherwise one is made of `apiKey` and `url` or the environment. */
  readonly slipway?: Slipway | undefined;
  /** Signs upload tokens. Default: derived from the API key. Set it to outlive a change of keys. */
  readonly secret?: string | undefined;
  /**
   * Where Slipway reaches this handler, such as `https://app.example.com/api/slipway`: then it tells of
   * each file, signed, until `onComplete` has answered, also when the browser is gone. A function may
   * derive it from the request, where its host can be trusted. Default: the variable
   * `SLIPWAY_CALLBACK_URL`; without one, `onComplete` runs within the browser's request.
   */
  readonly callbackUrl?: string | ((request: Request) => string | undefined) | undefined;
  /** Milliseconds that the browser waits for `onComplete` by callback, up to 25 000. Default 20 000. */
  readonly callbackDeadline?: number | undefined;
  /** Other origins whose pages may upload here, such as `https://app.example.com`. */
  readonly allowedOrigins?: readonly string[] | undefined;
  /** Milliseconds within which an upload must be completed. Default 24 hours; in parts, until its target expires. */
  readonly tokenTtl?: number | undefined;
  /**
   * Keeps this server awake for what follows its answer, where it would be frozen: `after` of `next/server`,
   * or the platform's `waitUntil`. What routes refuse is told to Slipway's upload log that way.
   */
  readonly waitUntil?: ((work: Promise<unknown>) => void) | undefined;
  /** The id that your logs know a request by; errors carry it to the browser and to `onError`. */
  readonly requestId?: ((request: Request) => string | undefined) | undefined;
  /** Receives errors that the browser sees only in general terms. Default: a process warning. */
  readonly onError?: ((error: unknown, context: HandlerErrorContext) => void) | undefined;
}

/**
 * What the actions work with.
 *
 * @internal a project of Node has no type of that name for the key
 */
export interface HandlerContext {
  readonly request: Request;
  readonly requestId: string | undefined;
  readonly slipway: Slipway;
  readonly tokenTtl: number | undefined;
  readonly key: () => Promise<CryptoKey>;
  readonly callbackUrl: string | undefined;
  readonly callbackDeadline: number;
  readonly callbackSecret: () => Promise<Uint8Array<ArrayBuffer>>;
  readonly report: (error: unknown, during: HandlerErrorContext['during']) => void;
  readonly refused: NoteRefusals;
}

/** A checked message from the browser. */
export type HandlerMessage = { readonly name: string; readonly route: AnyRoute } & (
  | {
      readonly action: 'request';
      readonly files: readonly FileRequest[];
      readonly input: JsonValue | undefined;
    }
  | { readonly action: 'complete'; readonly token: string }
);

const LARGEST_BODY = 1024 * 1024;
const MOST_FILES = 1000;

/**
 * Answers the browser side of `slipway/client`: which rules there are (GET), where to put files and
 * that they arrived (POST). Mount it under one path of any server that speaks `Request` and `Response`.
 */
export function createUploadHandler<R extends Routes>(
  options: UploadHandlerOptions<R>,
): (request: Request) => Promise<Response> {
  const routes = new Map(Object.entries(options.routes));
  for (const [name, entry] of routes) {
    if (!entry.definition)
      throw new TypeError(
        `Route “${name}” does not say who may upload: add .authorize(…) or .public().`,
      );
  }
  const slipway = options.slipway ?? createSlipway(options);
  const checkSetup = createSetupCheck(options);
  let key: Promise<CryptoKey> | undefined;
  const tokenKey = () => {
    key ??= deriveTokenKey(readSecret(options, slipway));
    return key;
  };
  const refused = createRefusalLog({
    slipway,
    waitUntil: options.waitUntil,
    onError: (error) => (options.onError ?? warn)(error, { during: 'refusals', route: null }),
  });
  return async (request) => {
    checkSetup();
    let route: string | null = null;
    const requestId = options.requestId?.(request);
    const report: HandlerContext['report'] = (error, during) =>
      (options.onError ?? warn)(error, { during, route, ...(requestId && { requestId }) });
    const origin = judgeOrigin(request, options.allowedOrigins ?? []);
    const headers = {
      'cache-control': 'no-store',
      ...(origin === 'allowed' ? corsHeaders(request) : {}),
    };
    try {
      if (origin === 'forbidden')
        throw refuse(403, 'forbidden_origin', 'Uploads are not allowed from this origin.');
      if (request.method === 'OPTIONS') return new Response(null, { status: 204, headers });
      if (request.method === 'GET') return Response.json({ routes: describe(routes) }, { headers });
      const context: HandlerContext = {
        request,
        requestId,
        slipway,
        tokenTtl: options.tokenTtl,
        callbackUrl: callbackUrlOf(options, request),
        callbackDeadline: Math.min(options.callbackDeadline ?? 20_000, 25_000),
        callbackSecret: () => deriveCallbackSecret(readSecret(options, slipway)),
        key: tokenKey,
        report,
        refused,
      };
      const isCallback = request.method === 'POST' && request.headers.has('webhook-signature');
      const answer = isCallback
        ? await handleCallback(context, routes, await readText(request))
        : await answerBrowser(context, await readMessage(request, routes), (name) => {
            route = name;
          });
      return Response.json(answer.body, { status: answer.status, headers });
    } catch (error) {
      const failure =
        error instanceof WireFailure
          ? error
          : refuse(500, 'internal_error', 'The upload could not be handled.', true);
      if (failure !== error) report(error, 'handler');
      const { code, message, retryable } = failure;
      return Response.json(
        { error: { code, message, retryable, requestId } satisfies WireError },
        { status: failure.status, headers },
      );
    }
  };
}

async function answerBrowser(
  context: HandlerContext,
  message: HandlerMessage,
  note: (route: string) => void,
): Promise<Answer> {
  note(message.name);
  return message.action === 'request'
    ? handleRequest(context, message)
    : handleComplete(context, message);
}

function callbackUrlOf({ callbackUrl }: UploadHandlerOptions, request: Request) {
  const own = typeof callbackUrl === 'function' ? callbackUrl(request) : callbackUrl;
  return own ?? variable('SLIPWAY_CALLBACK_URL');
}

function readSecret(options: UploadHandlerOptions, slipway: Slipway): string {
  const secret = options.secret ?? apiKeyOf(slipway);
  if (!secret)
    throw new TypeError('Pass { secret } when { slipway } was not made by createSlipway.');
  return secret;
}

function describe(routes: ReadonlyMap<string, AnyRoute>): Record<string, UploadRules> {
  return Object.fromEntries([...routes].map(([name, entry]) => [name, entry.rules]));
}

async function readMessage(
  request: Request,
  routes: ReadonlyMap<string, AnyRoute>,
): Promise<HandlerMessage> {
  if (request.method !== 'POST') throw refuse(405, 'method_not_allowed', 'Expected GET or POST.');
  // A page of another site cannot send this type without asking first.
  if (!request.headers.get('content-type')?.startsWith('application/json')) {
    throw refuse(415, 'invalid_request', 'Expected the content type application/json.');
  }
  const body = await readBody(request);
  const name = body['route'];
  const route = typeof name === 'string' ? routes.get(name) : undefined;
  if (typeof name !== 'string' || !route)
    throw refuse(404, 'route_not_found', `There is no upload route “${String(name)}”.`);
  if (body['action'] === 'complete' && typeof body['token'] === 'string') {
    return { action: 'complete', name, route, token: body['token'] };
  }
  const files = body['files'];
  if (
    body['action'] === 'request' &&
    Array.isArray(files) &&
    files.length > 0 &&
    files.length <= MOST_FILES &&
    files.every(isFileRequest)
  ) {
    const input = body['input'] as JsonValue | undefined;
    return { action: 'request', name, route, input, files };
  }
  throw refuse(
    400,
    'invalid_request',
    'Expected an action “request” with files or “complete” with a token.',
  );
}

async function readBody(request: Request): Promise<Record<string, unknown>> {
  const text = await readText(request);
  try {
    const body: unknown = JSON.parse(text);
    if (isRecord(body)) return body;
  } catch {
    // Said below.
  }
  throw refuse(400, 'invalid_request', 'Expected a JSON object.');
}

async function readText(request: Request): Promise<string> {
  const tooLarge = refuse(413, 'invalid_request', 'The request is too large.');
  if (Number(request.headers.get('content-length') ?? 0) > LARGEST_BODY) throw tooLarge;
  const text = await request.text();
  if (text.length > LARGEST_BODY) throw tooLarge;
  return text;
}

function isFileRequest(value: unknown): value is FileRequest {
  if (!isRecord(value)) return false;
  const { name, size, type, sha256, resume } = value;
  const named = typeof name === 'string' && name.length > 0 && typeof type === 'string';
  const digested =
    sha256 === undefined || (typeof sha256 === 'string' && /^[0-9a-f]{64}$/.test(sha256));
  const known = resume === undefined || typeof resume === 'string';
  return named && digested && known && Number.isSafeInteger(size) && Number(size) >= 0;
}
