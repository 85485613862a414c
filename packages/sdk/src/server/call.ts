import { backoff, isTransient, parseRetryAfter, sleep } from '../shared/retry.ts';
import { type Connection, readConnection, type SlipwayOptions } from './connection.ts';
import { SlipwayError } from './errors.ts';

/** Options every call takes. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds for one attempt. */
  readonly timeout?: number | undefined;
}

/** One request to Slipway's API. */
export interface ApiCall extends CallOptions {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below `/api/`; or a whole address that is itself the permission, and gets no key. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | undefined>> | undefined;
  readonly body?: unknown;
  /** `refused`: repeat only when the server said that it did nothing (429, 503). */
  readonly repeat?: 'always' | 'refused';
}

/** Sends API calls with retries. */
export type Caller = <T>(call: ApiCall) => Promise<T>;

const LONGEST_RETRY_AFTER = 60_000;

/** A caller for these options. They are read at the first call, so that a build without keys works. */
export function createCaller(options: SlipwayOptions): Caller {
  return async <T>(call: ApiCall): Promise<T> => {
    const connection = readConnection(options);
    // The same for every attempt: whichever of them arrives first, it is done once.
    const attempts = call.method === 'POST' ? { ...call, onceKey: crypto.randomUUID() } : call;
    for (let attempt = 0; ; attempt += 1) {
      try {
        return (await callOnce(connection, attempts)) as T;
      } catch (error) {
        const wait = attempt < connection.retries ? retryDelay(error, call, attempt) : null;
        if (wait === null) throw error;
        await sleep(wait, call.signal);
      }
    }
  };
}

function retryDelay(error: unknown, call: ApiCall, attempt: number): number | null {
  if (!(error instanceof SlipwayError) || error.code === 'redirected') return null;
  const refused = error.status === 429 || error.status === 503;
  if (!(refused || (call.repeat !== 'refused' && isRepeatable(error)))) return null;
  const wait = Math.max(error.retryAfter ?? 0, backoff(attempt));
  return wait > LONGEST_RETRY_AFTER ? null : wait;
}

function isRepeatable(error: SlipwayError): boolean {
  return (
    error.code === 'network_error' ||
    error.code === 'timeout' ||
    // An attempt of ours, whose answer was lost, is still at work.
    error.code === 'idempotency_in_progress' ||
    error.status === 502 ||
    error.status === 504
  );
}

/** Whether repeating the whole operation later may help. */
export function isTransientError(error: unknown): boolean {
  return (
    error instanceof SlipwayError &&
    error.code !== 'invalid_configuration' &&
    isTransient(error.status)
  );
}

async function callOnce(
  connection: Connection,
  call: ApiCall & { readonly onceKey?: string },
): Promise<unknown> {
  const isSigned = URL.canParse(call.path);
  const url = new URL(isSigned ? call.path : `${connection.url}/api/${call.path}`);
  for (const [name, value] of Object.entries(call.query ?? {})) {
    if (value !== undefined) url.searchParams.set(name, String(value));
  }
  const headers: Record<string, string> = { accept: 'application/json' };
  if (!isSigned) {
    headers['authorization'] = `Bearer ${connection.apiKey}`;
    if (call.onceKey !== undefined) headers['idempotency-key'] = call.onceKey;
  }
  const init: RequestInit = { method: call.method, headers, redirect: 'manual' };
  if (call.body !== undefined) {
    headers['content-type'] = 'application/json';
    init.body = JSON.stringify(call.body);
  }
  return withDeadline({ ...call, timeout: call.timeout ?? connection.timeout }, async (signal) => {
    const response = await connection.fetch(url.href, { ...init, signal });
    return readAnswer(response, await response.text(), connection);
  }).catch((error: unknown) => {
    throw asSlipwayError(error, { signal: call.signal, host: url.host });
  });
}

/** Runs `work` with a signal that follows the caller's and fires at the time limit. */
export async function withDeadline<T>(
  options: CallOptions,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  options.signal?.throwIfAborted();
  const controller = new AbortController();
  const follow = () => controller.abort(options.signal?.reason);
  options.signal?.addEventListener('abort', follow, { once: true });
  const seconds = Math.round((options.timeout ?? 0) / 1000);
  const timer = options.timeout
    ? setTimeout(
        () =>
          controller.abort(
            new SlipwayError({ code: 'timeout', message: `No answer within ${seconds} s.` }),
          ),
        options.timeout,
      )
    : undefined;
  try {
    return await work(controller.signal);
  } catch (error) {
    throw controller.signal.aborted ? controller.signal.reason : error;
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', follow);
  }
}

/** The caller's own abort reason stays as it is; everything else becomes a SlipwayError. */
export function asSlipwayError(
  error: unknown,
  context: { readonly signal?: AbortSignal | undefined; readonly host: string },
): unknown {
  if (error instanceof SlipwayError || context.signal?.aborted) return error;
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'no connection';
  return new SlipwayError({
    code: 'network_error',
    message: `Could not reach ${context.host} (${code}).`,
    details: { cause: code },
  });
}

function readAnswer(response: Response, text: string, connection: Connection): unknown {
  const { status } = response;
  const requestId = response.headers.get('x-request-id');
  const retryAfter = parseRetryAfter(response.headers.get('retry-after'));
  if (status >= 300 && status < 400) {
    const message = `${connection.url} answers with a redirect (${status}). Set the Slipway address to the one it redirects to.`;
    throw new SlipwayError({ code: 'redirected', message, status, requestId });
  }
  // Some calls have nothing to say but that it is done.
  if (status === 204) return undefined;
  const body = parseJson(text);
  if (response.ok && isRecord(body)) return body;
  const error = isRecord(body) && isRecord(body['error']) ? body['error'] : null;
  if (error && typeof error['code'] === 'string' && typeof error['message'] === 'string') {
    throw redact(connection.apiKey, {
      code: error['code'],
      message: error['message'],
      status,
      requestId: typeof error['requestId'] === 'string' ? error['requestId'] : requestId,
      docs: typeof error['docs'] === 'string' ? error['docs'] : null,
      details: error['details'],
      retryAfter,
    });
  }
  const kind = response.headers.get('content-type') ?? 'no content type';
  throw new SlipwayError({
    code: 'unexpected_answer',
    message: `Expected JSON from Slipway, but received HTTP ${status} with ${kind}. Is the address right?`,
    status,
    requestId,
    retryAfter,
  });
}

function redact(
  secret: string,
  error: ConstructorParameters<typeof SlipwayError>[0],
): SlipwayError {
  const text = JSON.stringify(error).replaceAll(secret, 'sk_…');
  return new SlipwayError(JSON.parse(text) as ConstructorParameters<typeof SlipwayError>[0]);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether a value is a plain JSON object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
