/** What a storage says about a refused PUT: JSON from Slipway, XML from S3. */
export interface StorageError {
  readonly code: string | undefined;
  readonly message: string | undefined;
}

/** Reads both kinds of answer. */
export function readStorageError(text: string): StorageError {
  const read = (name: string) =>
    new RegExp(`(?:"${name}"\\s*:\\s*"|<${name}>)([^"<]+)`, 'i').exec(text)?.[1];
  return { code: read('code'), message: read('message') };
}

/** Some S3 servers call a wrong checksum an invalid request. */
const DAMAGE = [
  'digest_mismatch',
  'size_mismatch',
  'BadDigest',
  'IncompleteBody',
  'InvalidRequest',
  'RequestTimeout',
  'XAmzContentChecksumMismatch',
];

/** Whether the bytes were damaged or cut short on their way, so that sending them again helps. */
export function isDamage(code: string): boolean {
  return DAMAGE.includes(code);
}
