import { BASE_ERRORS, defineErrors } from '@repo/foundation/errors';

/** Every code that a verb of this product throws, with its HTTP status. */
export const appError = defineErrors({
  ...BASE_ERRORS,
  no_ready_frames: 409,
  too_many_frames: 422,
  already_enhancing: 409,
  insufficient_credits: 402,
  nothing_to_enhance: 409,
  not_running: 409,
  not_retryable: 409,
  photo_not_ready: 409,
  not_restorable: 409,
  not_in_review: 409,
  already_decided: 409,
  storage_unavailable: 503,
});
