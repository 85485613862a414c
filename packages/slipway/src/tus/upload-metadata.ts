import { slipwayError } from '../errors.ts';

const KEY = /^[!-+\--~]{1,64}$/;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/;
const MAX_PAIRS = 64;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * The pairs of an `Upload-Metadata` header: keys, each followed by a space and its value in base64;
 * a key alone has an empty value.
 */
export function parseUploadMetadata(header: string | undefined): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>();
  if (header === undefined || header.trim() === '') return pairs;
  for (const pair of header.split(',')) {
    const [key = '', encoded = '', ...more] = pair.trim().split(' ');
    if (!KEY.test(key) || more.length > 0 || !BASE64.test(encoded)) throw malformed(key);
    if (pairs.has(key)) throw twice(key);
    pairs.set(key, decode(key, encoded));
  }
  if (pairs.size > MAX_PAIRS) {
    throw slipwayError(
      'validation_failed',
      `Expected at most ${MAX_PAIRS} pairs in Upload-Metadata, received ${pairs.size}.`,
    );
  }
  return pairs;
}

function decode(key: string, encoded: string): string {
  try {
    return utf8.decode(Buffer.from(encoded, 'base64'));
  } catch (cause) {
    throw slipwayError(
      'validation_failed',
      `Expected the value of "${key}" in Upload-Metadata to be UTF-8 text.`,
      { cause },
    );
  }
}

const malformed = (key: string) =>
  slipwayError(
    'validation_failed',
    `Expected Upload-Metadata as "key base64,key base64", received something else at "${key}".`,
  );

const twice = (key: string) =>
  slipwayError('validation_failed', `Upload-Metadata has the key "${key}" twice.`);
