export interface AppErrorOptions {
  /** Machine-readable facts for the client. Never secrets. */
  details?: Record<string, unknown>;
  /** What went wrong underneath; logged, never shown. */
  cause?: unknown;
  /** Seconds after which a retry makes sense; becomes `Retry-After`. */
  retryAfter?: number;
}

/**
 * The one error that verbs throw. `code` is stable and documented, `message` is
 * public and says what was expected and what came, `cause` stays on the server.
 */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: string;
  readonly status: number;
  readonly details: Record<string, unknown> | undefined;
  readonly retryAfter: number | undefined;

  constructor(
    init: { code: string; status: number; message: string },
    options: AppErrorOptions = {},
  ) {
    super(init.message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = init.code;
    this.status = init.status;
    this.details = options.details;
    this.retryAfter = options.retryAfter;
  }
}

/** Code → HTTP status, for errors that every product has. */
export const BASE_ERRORS = {
  bad_request: 400,
  validation_failed: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  request_timeout: 408,
  conflict: 409,
  payload_too_large: 413,
  unprocessable: 422,
  rate_limited: 429,
  headers_too_large: 431,
  internal: 500,
  unavailable: 503,
  url_invalid: 403,
  url_expired: 403,
  invitation_invalid: 410,
  invitation_other_address: 403,
  address_unconfirmed: 403,
} as const satisfies Record<string, number>;

/** The same for errors of every API with keys. */
export const API_ERRORS = {
  api_key_missing: 401,
  api_key_invalid: 401,
  idempotency_key_reused: 422,
  idempotency_in_progress: 409,
} as const satisfies Record<string, number>;

type ErrorTable = Readonly<Record<string, number>>;

/**
 * Makes the error factory of a product from its table of codes, so that a code
 * without a status cannot be thrown.
 */
export function defineErrors<T extends ErrorTable>(table: T) {
  return function appError(
    code: Extract<keyof T, string>,
    message: string,
    options?: AppErrorOptions,
  ): AppError {
    return new AppError({ code, status: table[code] ?? 500, message }, options);
  };
}

export const appError = defineErrors(BASE_ERRORS);

export const apiError = defineErrors(API_ERRORS);
