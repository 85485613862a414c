import { isTransient } from '../shared/retry.ts';
import type { WireError } from '../shared/types.ts';

/** Why an upload failed, in words for the user. Decide by `code`. */
export class UploadError extends Error {
  override readonly name = 'UploadError';
  declare readonly code: string;
  /** The HTTP status, or 0 when there was no answer. */
  declare readonly status: number;
  /** Whether the same step may succeed when it is simply repeated. */
  declare readonly retryable: boolean;
  /** Milliseconds the server asked to wait. */
  declare readonly retryAfter: number;
  /** Names the failed request in the server's logs, where the server says so. */
  declare readonly requestId: string | null;

  constructor(
    error: WireError,
    more: { readonly status?: number; readonly retryAfter?: number | null } = {},
  ) {
    super(error.message);
    this.code = error.code;
    this.status = more.status ?? 0;
    this.retryable = error.retryable ?? isTransient(more.status ?? 400);
    this.retryAfter = more.retryAfter ?? 0;
    this.requestId = error.requestId ?? null;
  }
}

/** The failure of a connection: no status, no reason. */
export function networkError(
  message = 'The connection broke. Check your network and try again.',
): UploadError {
  return new UploadError({ code: 'network_error', message, retryable: true });
}

/** Anything thrown by a transport as an UploadError. `fetch` reports a broken connection as TypeError. */
export function toUploadError(error: unknown): UploadError {
  if (error instanceof UploadError) return error;
  const { name, message, cause } = (error ?? {}) as Error;
  if (error instanceof TypeError || cause instanceof TypeError || name === 'TimeoutError')
    return networkError();
  return new UploadError({ code: 'upload_failed', message: message || 'The upload failed.' });
}

const RULES = [
  'file_type_not_allowed',
  'file_too_large',
  'file_too_small',
  'image_dimensions',
  'too_many_files',
  'type_mismatch',
  'infected',
];

/** Whether the file itself is what is wrong, so that trying again is pointless. */
export function breaksRule(error: UploadError | null): boolean {
  return error !== null && RULES.includes(error.code);
}
