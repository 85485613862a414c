/** What is known about a failed call. */
export interface SlipwayErrorOptions {
  readonly code: string;
  readonly message: string;
  readonly status?: number | undefined;
  readonly requestId?: string | null | undefined;
  readonly details?: unknown;
  readonly docs?: string | null | undefined;
  readonly retryAfter?: number | null | undefined;
}

/**
 * Every failure of a Slipway call, also when there was no answer (`status` 0) or one that was not
 * Slipway's. Decide by `code`; `message` is for people. It never holds the API key or a signed URL.
 */
export class SlipwayError extends Error {
  override readonly name = 'SlipwayError';
  readonly code: string;
  readonly status: number;
  readonly requestId: string | null;
  readonly details: unknown;
  readonly docs: string | null;
  /** Milliseconds the server asked to wait, if it did. */
  readonly retryAfter: number | null;

  constructor(options: SlipwayErrorOptions) {
    super(options.message);
    this.code = options.code;
    this.status = options.status ?? 0;
    this.requestId = options.requestId ?? null;
    this.details = options.details ?? null;
    this.docs = options.docs ?? null;
    this.retryAfter = options.retryAfter ?? null;
  }
}

/**
 * Throw this from `authorize` (or a route's `fileOptions`) to refuse an upload. The message reaches
 * the user; every other error is reported to `onError` and shown as a general failure.
 */
export class UploadRejected extends Error {
  override readonly name = 'UploadRejected';
  readonly status: number;

  constructor(
    message: string,
    options: { readonly status?: 401 | 402 | 403 | 404 | 409 | 422 | 429 } = {},
  ) {
    super(message);
    this.status = options.status ?? 403;
  }
}
