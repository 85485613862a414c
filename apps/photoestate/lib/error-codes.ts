import { PHOTOESTATE_ERRORS, type PhotoestateErrorCode } from '@repo/photoestate/errors';

export type ErrorEntry = { code: string; status: number; meaning: string };

/** What is behind the codes of the REST API; the others are of pages. */
const MEANINGS: Partial<Record<PhotoestateErrorCode, string>> = {
  api_key_missing: 'The request has no key. Send the header Authorization: Bearer pk_live_….',
  api_key_invalid: 'The key is unknown, revoked or expired. Make a new one on the page API keys.',
  bad_request: 'The request could not be read; the message says why.',
  validation_failed:
    'A field or parameter is not as expected, or nobody knows it; details name it.',
  unauthenticated: 'Nobody is signed in.',
  forbidden: 'The key, or the member, does not have the permission that the message names.',
  not_found: 'There is no such thing in this organization.',
  method_not_allowed: 'There is something at this address, but not for this method.',
  conflict: 'It conflicts with the present state; the message says how.',
  payload_too_large: 'The body is longer than 1 MiB. Photos go to the address of their upload.',
  rate_limited: 'Too many calls of this key or organization; Retry-After says when to come again.',
  internal: 'It is our fault. The same call may be repeated later.',
  unavailable: 'Something that we need does not answer right now.',
  idempotency_key_reused: 'This Idempotency-Key came with another call; use a new one.',
  idempotency_in_progress: 'The first call with this Idempotency-Key is not finished yet.',
  no_ready_frames: 'The scene has no photos that are ready yet.',
  too_many_frames: 'More frames than one scene may have.',
  already_enhancing: 'The scene is being enhanced in this look already.',
  insufficient_credits: 'There are fewer credits than it costs. Nothing was started.',
  nothing_to_enhance: 'Every scene has a finished photo in this look, or is on its way there.',
  not_running: 'It has ended already, so there is nothing to cancel.',
  not_retryable: 'Only failed or cancelled work can be tried again.',
  photo_not_ready: 'The photo was not looked at yet, or cannot be used.',
  upload_incomplete: 'The bytes of the photo are not in the storage yet: send them, then complete.',
  upload_refused: 'The storage did not accept the file; details.reason is its own code.',
  storage_unavailable: 'The storage of the photos does not answer right now.',
};

/** Every code and its status. */
export const errorCodes: readonly ErrorEntry[] = Object.entries(PHOTOESTATE_ERRORS)
  .map(([code, status]) => ({
    code,
    status,
    meaning: meaningOf(code) ?? 'The message says what was expected and what came.',
  }))
  .sort((a, b) => a.status - b.status || a.code.localeCompare(b.code));

function meaningOf(code: string): string | undefined {
  const known: Readonly<Record<string, string>> = MEANINGS;
  return known[code];
}

export function adviceFor(status: number): string {
  if (status === 429) return 'Wait as long as Retry-After says.';
  if (status >= 500) return 'The same call may be repeated later.';
  return 'The same call again gets the same answer until something changes.';
}
