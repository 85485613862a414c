import { AppError } from '@repo/foundation/errors';
import { slipwayError } from '../errors.ts';

/** Whatever a storage threw, as the one error that callers know; what is known already stays. */
export function storageUnavailable(cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  return slipwayError('storage_unavailable', 'The storage cannot be used right now; try again.', {
    cause,
    retryAfter: 2,
  });
}
