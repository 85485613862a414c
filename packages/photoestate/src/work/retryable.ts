/**
 * Failures that come from the photos or the wish, not from the moment: trying
 * again with the same input ends the same way.
 */
const FINAL: ReadonlySet<string> = new Set([
  'no_frames',
  'too_many_frames',
  'empty_file',
  'unreadable_file',
  'not_an_image',
  'unsupported_format',
  'too_many_bytes',
  'too_many_pixels',
  'too_small',
  'truncated',
  'damaged',
  'size_mismatch',
  'invalid_options',
  'photo_deleted',
  'original_missing',
]);
export function isRetryable(code: string): boolean {
  return !FINAL.has(code);
}
