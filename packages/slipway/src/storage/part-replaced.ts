import { AppError } from '@repo/foundation/errors';
import { slipwayError } from '../errors.ts';

/** A part came again between its listing and the upload's completion. */
export const partReplaced = (cause: unknown) =>
  slipwayError(
    'object_missing',
    'A part of this upload was sent again while it was being completed. Complete it again.',
    { cause, details: { replaced: true } },
  );

export const isPartReplaced = (error: unknown) =>
  error instanceof AppError &&
  error.code === 'object_missing' &&
  'replaced' in (error.details ?? {});
