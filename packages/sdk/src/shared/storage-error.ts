/** What a storage says about a refused PUT: JSON from Slipway, XML from S3. */
export interface StorageError {
  readonly code: string | undefined;
  readonly message: string | undefined;
}

/** Reads both kinds of answer. */
export function readStorageError(text: string): StorageError {
  const code = /"code"\s*:\s*"([^"]+)"|<Code>([^<]+)</.exec(text);
  const message = /"message"\s*:\s*"([^"]+)"|<Message>([^<]+)</.exec(text);
  return { code: code?.[1] ?? code?.[2], message: message?.[1] ?? message?.[2] };
}

const DAMAGE = [
  'digest_mismatch',
  'size_mismatch',
  'BadDigest',
  'IncompleteBody',
  'RequestTimeout',
  'XAmzContentChecksumMismatch',
];

/** Whether the bytes were damaged or cut short on their way, so that sending them again helps. */
export function isDamage(code: string): boolean {
  return DAMAGE.includes(code);
}
