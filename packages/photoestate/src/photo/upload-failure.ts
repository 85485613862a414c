import type { AppError } from '@repo/foundation/errors';
import { SlipwayError } from 'slipway/server';
import { appError } from '../errors.ts';

/** What the storage said of a frame, in words for whoever sends it; anything else is our trouble with it. */
export function uploadFailure(error: unknown): AppError {
  const { status, code, message } =
    error instanceof SlipwayError ? error : { status: 0, code: '', message: '' };
  if (status === 404) return appError('not_found', 'There is no such upload in this listing.');
  if (code === 'object_missing')
    return appError('upload_incomplete', 'The bytes are not there yet: send them, then complete.');
  if (status === 400 || status === 409 || status === 410 || status === 422)
    return appError('upload_refused', message, { cause: error, details: { reason: code } });
  return appError(
    'storage_unavailable',
    'The photo storage does not answer right now; try again.',
    {
      cause: error,
      retryAfter: 5,
    },
  );
}
