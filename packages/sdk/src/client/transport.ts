import { parseRetryAfter } from '../shared/retry.ts';
import type {
  CompletedFile,
  FileRequest,
  UploadRules,
  UploadTarget,
  WireError,
} from '../shared/types.ts';
import { UploadError } from './errors.ts';

/** A target together with what completes it. */
export interface PendingUpload {
  readonly upload: UploadTarget;
  /** Proof of what was authorized, where the transport uses one. An upload in parts is resumed by it. */
  readonly token?: string | undefined;
}

/** The answer for one file. */
export type TargetAnswer =
  | ({ readonly ok: true } & PendingUpload)
  | { readonly ok: false; readonly error: WireError };

/** What a transport is told besides the files. */
export interface TransportContext<Input> {
  readonly input: Input;
  readonly signal: AbortSignal;
}

/**
 * How the uploader gets targets and reports arrivals. `endpointTransport` speaks with an upload
 * handler; a page with another API (a dashboard, say) brings its own two functions. Throw an
 * `UploadError` with `retryable` to have a step repeated.
 */
export interface UploadTransport<Input = unknown, Data = unknown> {
  /** Answers in the order of the files. */
  request(
    files: readonly FileRequest[],
    context: TransportContext<Input>,
  ): Promise<readonly TargetAnswer[]>;
  /** May be called more than once. A file that is still `verifying` is asked for again. */
  complete(
    item: PendingUpload,
    context: { readonly signal: AbortSignal },
  ): Promise<CompletedFile<Data>>;
  /** The rules to check before anything is sent. */
  rules?(): Promise<UploadRules | null>;
  /** Names where the files go, to remember interrupted uploads by. Left out: they are not resumed. */
  readonly place?: string | undefined;
}

/** Options of `endpointTransport`. */
export interface EndpointOptions {
  /** Where the upload handler is mounted. Default `/api/slipway`. */
  readonly endpoint?: string | undefined;
  readonly route: string;
  /** Extra headers for the handler, such as a session token. */
  readonly headers?: (() => Record<string, string>) | Record<string, string> | undefined;
  /** `include` sends cookies to a handler on another origin. */
  readonly credentials?: RequestCredentials | undefined;
  readonly fetch?: typeof globalThis.fetch | undefined;
}

/** A transport for the handler of `slipway/server` and `slipway/next`. */
export function endpointTransport<Input = unknown, Data = unknown>(
  options: EndpointOptions,
): UploadTransport<Input, Data> {
  const { route, endpoint = '/api/slipway' } = options;
  const send = <T>(body?: object, signal?: AbortSignal) => {
    const { headers, credentials, fetch } = options;
    return callJson<T>(endpoint, {
      method: body && 'POST',
      body,
      headers: typeof headers === 'function' ? headers() : headers,
      credentials,
      signal,
      fetch,
    });
  };
  return {
    place: `${endpoint} ${route}`,
    request: (files, { input, signal }) =>
      send<{ files: readonly TargetAnswer[] }>(
        { action: 'request', route, files, input },
        signal,
      ).then((answer) => answer.files),
    complete: ({ token }, { signal }) => send({ action: 'complete', route, token }, signal),
    rules: () =>
      send<{ routes: Record<string, UploadRules> }>().then(({ routes }) => routes[route] ?? null),
  };
}

/** One call and how to make it. */
export interface JsonCall {
  readonly method?: string | undefined;
  readonly body?: object | undefined;
  readonly headers?: Record<string, string> | undefined;
  readonly credentials?: RequestCredentials | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly fetch?: typeof globalThis.fetch | undefined;
}

/** Milliseconds for one answer. */
export const ANSWER_LIMIT = 300_000;

/** Sends JSON and reads JSON; refusals become UploadErrors. A server that never answers is given up. */
export async function callJson<T>(
  url: string,
  { body, headers, signal, fetch: own = fetch, ...init }: JsonCall,
): Promise<T> {
  const late = AbortSignal.timeout(ANSWER_LIMIT);
  const response = await own(url, {
    ...init,
    headers: { ...(body && { 'content-type': 'application/json' }), ...headers },
    signal: AbortSignal.any([signal ?? late, late]),
    body: body && JSON.stringify(body),
  } as RequestInit);
  const { ok, status } = response;
  const answer = (await response.json().catch((error: Error) => {
    // One that breaks off on its way is a connection that broke.
    if (error.name !== 'SyntaxError') throw error;
  })) as ({ error?: WireError } & T) | undefined;
  if (ok && answer) return answer;
  throw new UploadError(
    answer?.error ?? {
      code: 'unexpected_answer',
      message: `Expected JSON. The server answered with HTTP ${status}.`,
    },
    { status, retryAfter: parseRetryAfter(response.headers.get('retry-after')) },
  );
}
