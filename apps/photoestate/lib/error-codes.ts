import { PHOTOESTATE_ERRORS, type PhotoestateErrorCode } from '@repo/photoestate/errors';
import type { ErrorEntry } from '@repo/ui/docs/error-codes';
import { PAGE_ERRORS } from './page-error-codes.ts';

export type Explained = Pick<ErrorEntry, 'meaning' | 'remedy'>;

const explained = (meaning: string, remedy: string): Explained => ({ meaning, remedy });

/** Of keys, requests and limits. */
const OF_CALLS = {
  api_key_missing: explained(
    'The request has no key.',
    'Send the header Authorization: Bearer pk_live_….',
  ),
  api_key_invalid: explained(
    'The key is unknown, revoked, replaced or expired.',
    'Make a new one on the page API keys of the organization.',
  ),
  bad_request: explained('The request cannot be read.', 'The message says why; send JSON.'),
  validation_failed: explained(
    'A field or parameter is not what was expected, or nobody knows it.',
    'The message and details.issues name each field.',
  ),
  forbidden: explained(
    'The key, or the member, does not have the permission that details.permission names.',
    'Use a key whose scopes have it, or ask an admin of the organization.',
  ),
  not_found: explained(
    'There is no such thing in this organization.',
    'Check the id, and that the key is of the same organization.',
  ),
  method_not_allowed: explained(
    'This path does not take that method.',
    'Compare it with the API reference.',
  ),
  request_timeout: explained(
    'Address and headers, or the body, of the request took too long to come.',
    'Send the request again; look at the network or the proxy in between.',
  ),
  headers_too_large: explained(
    'Address and headers of the request are longer than 16 KiB together.',
    'Send what is long in the body; ask for pages with the cursor exactly as it was given.',
  ),
  payload_too_large: explained(
    'The body is longer than 1 MiB.',
    'Send the bytes of photos to the address of their upload, not in the request.',
  ),
  conflict: explained(
    'The present state does not allow it; the message says how.',
    'Read it again and decide anew.',
  ),
  unprocessable: explained(
    'It was understood, and cannot be done; the message says why.',
    'Change what the message names.',
  ),
  rate_limited: explained(
    'Too many calls of this key, its organization or this address.',
    'Come again after Retry-After; the headers RateLimit and RateLimit-Policy tell what is left.',
  ),
  idempotency_key_reused: explained(
    'This Idempotency-Key came with another call within the last day.',
    'Use a new key for each new thing that is to be done.',
  ),
  idempotency_in_progress: explained(
    'The first call with this Idempotency-Key is not finished yet.',
    'Send it again in a moment: the answer is kept for a day.',
  ),
  internal: explained('It is our fault.', 'Repeat it later, and tell us the requestId.'),
  unavailable: explained('Something that we need does not answer right now.', 'Repeat it later.'),
} as const satisfies Partial<Record<PhotoestateErrorCode, Explained>>;

/** Of photos, scenes and what is made of them. */
const OF_PHOTOS = {
  no_ready_frames: explained(
    'The scene has no photos that are ready yet.',
    'Wait until GET /listings/{listingId}/photos says ready, then start it again.',
  ),
  too_many_frames: explained(
    'More frames than one scene may have.',
    'Split the scene, or move frames into another one.',
  ),
  already_enhancing: explained(
    'The scene is being enhanced in this look already.',
    'Wait for it, or cancel it first.',
  ),
  insufficient_credits: explained(
    'There are fewer credits than it costs. Nothing was started.',
    'Ask for the price with …/enhancements/quote, select fewer scenes, or get more credits.',
  ),
  nothing_to_enhance: explained(
    'Every scene has a finished photo in this look, or is on its way there.',
    'Choose another look, or take the results that are there.',
  ),
  not_running: explained('It has ended already.', 'There is nothing to cancel; read how it ended.'),
  not_retryable: explained(
    'Only failed or cancelled work can be tried again.',
    'Start a new enhancement instead.',
  ),
  photo_not_ready: explained(
    'The photo was not looked at yet, or cannot be used.',
    'Wait until its status is ready; a refused one says why.',
  ),
  upload_incomplete: explained(
    'The bytes of the photo are not in the storage yet.',
    'Send them to the address that you were given, then complete.',
  ),
  upload_refused: explained(
    'The storage did not accept the file.',
    'details.reason is the storage’s own code: a wrong type, a wrong size, an address without a file.',
  ),
  storage_unavailable: explained(
    'The storage of the photos does not answer right now.',
    'Repeat it after Retry-After; nothing was lost.',
  ),
} as const satisfies Partial<Record<PhotoestateErrorCode, Explained>>;

/** Every code has its words, or this does not compile. */
const EXPLAINED: Readonly<Record<PhotoestateErrorCode, Explained>> = {
  ...OF_CALLS,
  ...OF_PHOTOS,
  ...PAGE_ERRORS,
};

/** Every code of the product. The codes are stable; decide by them, not by the message. */
export const errorCodes: readonly ErrorEntry[] = Object.entries(EXPLAINED)
  .map(([code, words]) => ({
    ...words,
    code,
    status: PHOTOESTATE_ERRORS[code as PhotoestateErrorCode],
  }))
  .sort((a, b) => a.status - b.status || a.code.localeCompare(b.code));

export function adviceFor(status: number): string {
  if (status === 429) return 'Wait as long as Retry-After says.';
  if (status >= 500) return 'The same call may be repeated later.';
  return 'The same call again gets the same answer until something changes.';
}
