import { isTransient } from '../shared/retry.ts';
import type { WireError } from '../shared/types.ts';
import { SlipwayError, type UploadRejected } from './errors.ts';

/** A refusal the browser is told as it is. */
export class WireFailure extends Error implements WireError {
  readonly status: number;
  readonly code: string;
  readonly retryable: boolean;

  constructor(status: number, error: WireError) {
    super(error.message);
    this.status = status;
    this.code = error.code;
    this.retryable = error.retryable ?? false;
  }
}

/** Shorthand for a refusal. */
// biome-ignore lint/complexity/useMaxParams: status, code and message read as one line at each use
export function refuse(
  status: number,
  code: string,
  message: string,
  retryable = false,
): WireFailure {
  return new WireFailure(status, { code, message, retryable });
}

/** The words of `UploadRejected`, for the user. */
export function asRejection(error: UploadRejected): WireFailure {
  return new WireFailure(error.status, { code: 'upload_rejected', message: error.message });
}

/**
 * What the browser may know of a failed Slipway call. What concerns the file is passed on; what
 * concerns this server's key or network is not.
 */
export function asPublicError(error: unknown): WireFailure {
  if (isAboutTheFile(error)) return refuse(error.status, error.code, error.message);
  const retryable =
    error instanceof SlipwayError &&
    error.code !== 'invalid_configuration' &&
    isTransient(error.status);
  return retryable
    ? refuse(
        503,
        'storage_unavailable',
        'The upload service cannot be reached at the moment.',
        true,
      )
    : refuse(500, 'storage_misconfigured', 'Uploads are not set up correctly on this server.');
}

/** Whether Slipway refused the file, which is the user's to know, rather than this server. */
export function isAboutTheFile(error: unknown): error is SlipwayError {
  if (!(error instanceof SlipwayError) || error.code === 'unexpected_answer') return false;
  return [400, 402, 404, 409, 410, 413, 415, 422].includes(error.status);
}
