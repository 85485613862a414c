import { API_ERRORS, BASE_ERRORS, defineErrors } from '@repo/foundation/errors';

/** Every code of this product, and its HTTP status. The page `/docs/errors` explains each. */
export const PHOTOESTATE_ERRORS = {
  ...BASE_ERRORS,
  ...API_ERRORS,
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
  upload_incomplete: 409,
  upload_refused: 422,
  storage_unavailable: 503,
  nothing_to_deliver: 409,
  delivery_preparing: 409,
  payment_required: 402,
  pin_required: 403,
  pin_wrong: 403,
  pin_locked: 429,
} as const satisfies Record<string, number>;

export type PhotoestateErrorCode = keyof typeof PHOTOESTATE_ERRORS;

export const appError = defineErrors(PHOTOESTATE_ERRORS);
