import { parseRetryAfter } from '../shared/retry.ts';
import type {
  CompletedFile,
  FileInfo,
  UploadRules,
  UploadTarget,
  WireError,
} from '../shared/types.ts';
import { UploadError } from './errors.ts';

/** A target together with what completes it. */
export interface PendingUpload {
  readonly upload: UploadTarget;
  /** Proof of what was authorized, where the transport uses one. */
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
    files: readonly FileInfo[],
    context: TransportContext<Input>,
  ): Promise<readonly TargetAnswer[]>;
  /** May be called more than once. A file that is still `verifying` is asked for again. */
  complete(
    item: PendingUpload,
    context: { readonly signal: AbortSignal },
  ): Promise<CompletedFile<Data>>;
  /** The rules to check before anything is sent. */
  rules?(): Promise<UploadRules | null>;
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
  const { route } = options;
  return {
    async request(files, { input, signal }) {
      const answer = await send<{ files: readonly TargetAnswer[] }>(
        options,
        { action: 'request', route, files, input },
        signal,
      );
      return answer.files;
    },
    complete: ({ token }, { signal }) =>
      send(options, { action: 'complete', route, token }, signal),
    async rules() {
      const answer = await send<{ routes: Record<string, UploadRules> }>(options);
      return answer.routes[route] ?? null;
    },
  };
}

async function send<T>(options: EndpointOptions, body?: object, signal?: AbortSignal): Promise<T> {
  const { headers, credentials, endpoint = '/api/slipway' } = options;
  const init: RequestInit = {
    method: body ? 'POST' : 'GET',
    headers: {
      ...(body && { 'content-type': 'application/json' }),
      ...(typeof headers === 'function' ? headers() : headers),
    },
    ...(body && { body: JSON.stringify(body) }),
    ...(credentials && { credentials }),
    ...(signal && { signal }),
  };
  const response = await (options.fetch ?? fetch)(endpoint, init);
  const { status } = response;
  const answer = (await response.json().catch(() => null)) as ({ error?: WireError } & T) | null;
  if (response.ok && answer) return answer;
  const error = answer?.error ?? {
    code: 'unexpected_answer',
    message: `The server answered with HTTP ${status}.`,
  };
  throw new UploadError(error, {
    status,
    retryAfter: parseRetryAfter(response.headers.get('retry-after')),
  });
}
