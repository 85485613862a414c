import { BASE_ERRORS, defineErrors } from '@repo/foundation/errors';

/** Every code that Slipway's API can answer with, and its HTTP status. The page `/docs/errors` explains each. */
export const SLIPWAY_ERRORS = {
  ...BASE_ERRORS,
  api_key_missing: 401,
  api_key_invalid: 401,
  invitation_invalid: 410,
  file_type_not_allowed: 422,
  file_too_large: 422,
  file_limit_reached: 422,
  storage_limit_reached: 422,
  custom_id_taken: 409,
  object_missing: 409,
  size_mismatch: 422,
  type_mismatch: 422,
  digest_mismatch: 422,
  infected: 422,
  not_scannable: 422,
  upload_expired: 410,
  upload_failed: 422,
  file_deleted: 410,
  url_invalid: 403,
  url_expired: 403,
  object_exists: 409,
  upload_in_progress: 409,
  upload_closed: 409,
  upload_stalled: 408,
  upload_locked: 423,
  upload_interrupted: 423,
  offset_mismatch: 409,
  checksum_mismatch: 460,
  tus_version_unsupported: 412,
  content_type_unsupported: 415,
  upload_token_invalid: 401,
  upload_token_used_up: 409,
  length_required: 411,
  image_unsupported: 422,
  image_too_large: 422,
  image_damaged: 422,
  image_too_costly: 422,
  storage_full: 507,
  storage_unavailable: 503,
} as const satisfies Record<string, number>;

export type SlipwayErrorCode = keyof typeof SLIPWAY_ERRORS;

export const slipwayError = defineErrors(SLIPWAY_ERRORS);
