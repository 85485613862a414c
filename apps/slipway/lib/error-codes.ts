import type { ErrorEntry } from '@repo/ui/docs/error-codes';
import { unreadErrorCodes } from './unread-error-codes.ts';

/** Every code of the API. The codes are stable; decide by them, not by the message. */
export const errorCodes: readonly ErrorEntry[] = [
  {
    code: 'api_key_missing',
    status: 401,
    meaning: 'The request has no key.',
    remedy: 'Send the header Authorization: Bearer sk_live_….',
  },
  {
    code: 'api_key_invalid',
    status: 401,
    meaning: 'The key is unknown, or it was replaced.',
    remedy: 'Copy the present key of the project, or make a new one.',
  },
  {
    code: 'source_refused',
    status: 422,
    meaning:
      'The address to fetch a file from, or one that it redirects to, is not of the public internet or has too many redirects.',
    remedy:
      'Give a public http or https address. For sources beside a Slipway of your own, set ALLOW_PRIVATE_TARGETS.',
  },
  {
    code: 'source_unavailable',
    status: 422,
    meaning:
      'The address to fetch a file from did not answer with a file; the message says what came.',
    remedy: 'Check that the address answers a GET without sign-in, then upload again.',
  },
  {
    code: 'device_login_denied',
    status: 403,
    meaning: 'Somebody who is signed in refused the login of a command line.',
    remedy: 'Run slipway login again, and approve it if it is you who asks.',
  },
  {
    code: 'device_login_expired',
    status: 410,
    meaning: 'The login of a command line is unknown, over after ten minutes, or was used.',
    remedy: 'Run slipway login again.',
  },
  {
    code: 'invitation_invalid',
    status: 410,
    meaning: 'The invitation was used, revoked, is over, or its link is not whole.',
    remedy: 'Ask an owner or admin of the organization for a new one.',
  },
  {
    code: 'invitation_other_address',
    status: 403,
    meaning: 'The invitation was made out to another address than that of the signed-in account.',
    remedy:
      'Sign in, or sign up, with the address that was invited, or ask for an invitation of yours.',
  },
  {
    code: 'address_unconfirmed',
    status: 403,
    meaning: 'Nobody has confirmed yet that the address of the account is theirs.',
    remedy:
      'Open the link in the mail that came when you signed up; Notifications in the account menu sends it again.',
  },
  {
    code: 'unauthenticated',
    status: 401,
    meaning: 'Nobody is signed in.',
    remedy: 'Sign in, or send a key.',
  },
  {
    code: 'forbidden',
    status: 403,
    meaning: 'This may not be done from here or by you.',
    remedy: 'Use an account that may, or call from your server.',
  },
  {
    code: 'bad_request',
    status: 400,
    meaning: 'The request cannot be read.',
    remedy: 'Compare it with the API reference.',
  },
  {
    code: 'validation_failed',
    status: 400,
    meaning: 'A field is not what was expected.',
    remedy: 'The message and details.issues name each field.',
  },
  {
    code: 'payload_too_large',
    status: 413,
    meaning: 'The JSON of the request is too large.',
    remedy: 'Send the bytes to the upload URL, not in the request.',
  },
  {
    code: 'not_found',
    status: 404,
    meaning: 'There is no such thing in this project.',
    remedy: 'Check the id, and that the key is of the same project.',
  },
  ...unreadErrorCodes,
  {
    code: 'conflict',
    status: 409,
    meaning: 'The present state does not allow it.',
    remedy: 'Read it again and decide anew.',
  },
  {
    code: 'quota_exceeded',
    status: 422,
    meaning: 'The plan of the organization has no room for it.',
    remedy:
      'details.rule names what is used up. Delete files, wait for the next month, or ask for another plan.',
  },
  {
    code: 'custom_id_taken',
    status: 409,
    meaning: 'Another file of the project has this customId.',
    remedy:
      'Send replace: true (slipway files put --replace) to become a new version of that file, or use another customId.',
  },
  {
    code: 'file_key_taken',
    status: 409,
    meaning: 'Of an app with UploadThing’s SDK: another upload had this file key before.',
    remedy: 'Ask for a new URL, which has a new key, and send the file there.',
  },
  {
    code: 'file_type_not_allowed',
    status: 422,
    meaning: 'The project’s rules do not allow this type.',
    remedy: 'details.expected lists the allowed types.',
  },
  {
    code: 'file_too_small',
    status: 422,
    meaning: 'The file is smaller than the rules ask for.',
    remedy: 'details.expected is the minimum number of bytes.',
  },
  {
    code: 'visibility_not_allowed',
    status: 422,
    meaning:
      'A public file was asked for, and the rules of the project, or of its route, say private.',
    remedy:
      'Leave visibility out, or let the rules say public. Private files are read by signed URLs.',
  },
  {
    code: 'metadata_invalid',
    status: 422,
    meaning: 'The metadata are not what the project’s rules ask for.',
    remedy: 'details.field names the field, details.expected what it has to be.',
  },
  {
    code: 'image_dimensions',
    status: 422,
    meaning: 'The picture has more or fewer pixels than the rules allow, or they cannot be told.',
    remedy:
      'The message says what was expected and what came. Resize the picture, or change the rule.',
  },
  {
    code: 'file_too_large',
    status: 422,
    meaning: 'The file is larger than the project allows.',
    remedy: 'details.expected is the limit in bytes.',
  },
  {
    code: 'file_limit_reached',
    status: 422,
    meaning: 'The project holds as many files as it may.',
    remedy: 'Delete some, or raise the limit.',
  },
  {
    code: 'storage_limit_reached',
    status: 422,
    meaning: 'The project holds as many bytes as its rules allow.',
    remedy: 'Delete files, or raise the limit in the project’s rules.',
  },
  {
    code: 'object_missing',
    status: 409,
    meaning: 'No bytes are at the upload’s URL yet.',
    remedy: 'PUT them, then complete again. The upload stays open.',
  },
  {
    code: 'object_exists',
    status: 409,
    meaning: 'The URL was used already; it never overwrites.',
    remedy: 'Ask for a new URL.',
  },
  {
    code: 'upload_in_progress',
    status: 409,
    meaning: 'Another request is sending bytes to this URL.',
    remedy: 'Try again after Retry-After; complete when the answer is object_exists.',
  },
  {
    code: 'upload_closed',
    status: 409,
    meaning: 'The upload was completed or given up; it takes no more parts.',
    remedy: 'Ask for the file to learn how it ended, or begin a new upload.',
  },
  {
    code: 'upload_stalled',
    status: 408,
    meaning: 'No bytes came for a minute.',
    remedy: 'Send them again; the URL is still good until it expires.',
  },
  {
    code: 'upload_locked',
    status: 423,
    meaning: 'Another request is sending to this tus upload.',
    remedy: 'Ask for the offset again, then go on from there; tus clients do.',
  },
  {
    code: 'upload_interrupted',
    status: 423,
    meaning: 'Another request took this tus upload over; what had arrived is kept.',
    remedy: 'Nothing, if that was you again. Otherwise ask for the offset and go on from there.',
  },
  {
    code: 'offset_mismatch',
    status: 409,
    meaning: 'The bytes do not begin where the tus upload ends.',
    remedy: 'Ask for the offset with HEAD and go on from there.',
  },
  {
    code: 'checksum_mismatch',
    status: 460,
    meaning: 'The bytes of this request are not those of its Upload-Checksum; none was stored.',
    remedy: 'Send the same bytes again.',
  },
  {
    code: 'tus_version_unsupported',
    status: 412,
    meaning: 'The request speaks another version of tus than 1.0.0.',
    remedy: 'Send the header Tus-Resumable: 1.0.0.',
  },
  {
    code: 'content_type_unsupported',
    status: 415,
    meaning: 'The bytes of a tus upload came under another type.',
    remedy: 'Send Content-Type: application/offset+octet-stream.',
  },
  {
    code: 'upload_token_invalid',
    status: 401,
    meaning: 'The upload token is not ours, is over, or its key was replaced.',
    remedy: 'Ask your server for a new one.',
  },
  {
    code: 'upload_token_used_up',
    status: 409,
    meaning: 'The upload token was used for as many files as it allows.',
    remedy: 'Ask your server for a new one.',
  },
  {
    code: 'length_required',
    status: 411,
    meaning: 'The upload has no Content-Length.',
    remedy: 'Send it; chunked bodies are not taken.',
  },
  {
    code: 'size_mismatch',
    status: 422,
    meaning: 'The bytes are more or fewer than declared.',
    remedy: 'Declare the exact size; upload again.',
  },
  {
    code: 'type_mismatch',
    status: 422,
    meaning: 'The name, the declared type and the bytes are not of one kind.',
    remedy: 'The message says which two differ. Declare the true type; upload again.',
  },
  {
    code: 'digest_mismatch',
    status: 422,
    meaning: 'The bytes do not have the declared SHA-256.',
    remedy: 'They changed on the way or before; upload again.',
  },
  {
    code: 'infected',
    status: 422,
    meaning: 'A virus scanner found something in the file. Its bytes were erased.',
    remedy: 'Check where the file comes from; the message names what was found.',
  },
  {
    code: 'not_scannable',
    status: 422,
    meaning:
      'The project takes only scanned files, and the scanner cannot look at all of this one.',
    remedy:
      'Send less, or nothing packed so deeply; whoever runs this server can raise its limits.',
  },
  {
    code: 'upload_expired',
    status: 410,
    meaning: 'The upload did not begin in time.',
    remedy: 'Ask for a new URL.',
  },
  {
    code: 'upload_failed',
    status: 422,
    meaning: 'The upload ended without a file.',
    remedy: 'Ask for a new URL.',
  },
  {
    code: 'file_deleted',
    status: 410,
    meaning: 'The file was deleted.',
    remedy: 'Nothing; it is gone.',
  },
  {
    code: 'unprocessable',
    status: 422,
    meaning: 'The request is understood but cannot be carried out.',
    remedy: 'The message says why.',
  },
  {
    code: 'url_invalid',
    status: 403,
    meaning: 'The signature of a URL does not match it.',
    remedy: 'Use the URL exactly as it was given, with its query.',
  },
  {
    code: 'url_expired',
    status: 403,
    meaning: 'A signed URL is past its time.',
    remedy: 'Ask for a new one.',
  },
  {
    code: 'image_unsupported',
    status: 422,
    meaning: 'The file is no picture that can be transformed.',
    remedy: 'Transform JPEG, PNG, WebP, GIF, AVIF and TIFF; serve others as they are.',
  },
  {
    code: 'image_too_large',
    status: 422,
    meaning: 'The picture has more pixels than are decoded.',
    remedy: 'Upload a smaller one, or raise IMAGE_MAX_PIXELS.',
  },
  {
    code: 'image_damaged',
    status: 422,
    meaning: 'The picture cannot be decoded.',
    remedy: 'Save it anew and upload it again.',
  },
  {
    code: 'image_too_costly',
    status: 422,
    meaning: 'Making the picture took too much time or memory and was stopped.',
    remedy: 'Ask for a smaller one or another format, or upload a smaller original.',
  },
  {
    code: 'rate_limited',
    status: 429,
    meaning: 'A budget of calls is used up: of the key, the project, or the address.',
    remedy:
      'Wait as long as Retry-After says; details.policy names the budget. The header RateLimit tells before what is left.',
  },
  {
    code: 'idempotency_key_reused',
    status: 422,
    meaning: 'Another path or body was sent before with this Idempotency-Key.',
    remedy: 'Make a new key for every new call, and keep it only for repeating that call.',
  },
  {
    code: 'idempotency_in_progress',
    status: 409,
    meaning: 'The first call with this Idempotency-Key is still at work.',
    remedy: 'Repeat it after Retry-After seconds; then it gets the first call’s answer.',
  },
  {
    code: 'storage_full',
    status: 507,
    meaning: 'The storage has no room.',
    remedy: 'Tell whoever runs this server.',
  },
  {
    code: 'storage_unavailable',
    status: 503,
    meaning: 'The storage cannot be reached.',
    remedy: 'Try again in a moment.',
  },
  {
    code: 'unavailable',
    status: 503,
    meaning: 'The server cannot answer right now.',
    remedy: 'Try again, after Retry-After when there is one.',
  },
  {
    code: 'internal',
    status: 500,
    meaning: 'Something went wrong on our side.',
    remedy: 'Try again; tell us the request id if it stays.',
  },
];
