import { createHash, type Hash } from 'node:crypto';
import { slipwayError } from '../errors.ts';

/** tus asks for SHA-1 at least; the names are those of Node's hashes, too. */
export const CHECKSUM_ALGORITHMS = ['sha256', 'sha1', 'md5'] as const;
type Algorithm = (typeof CHECKSUM_ALGORITHMS)[number];

const isAlgorithm = (name: string): name is Algorithm =>
  (CHECKSUM_ALGORITHMS as readonly string[]).includes(name);

export interface ExpectedChecksum {
  /** Takes the bytes of the request's body. */
  readonly hash: Hash;
  /** @throws `checksum_mismatch` when other bytes came. */
  verify(): void;
}

/** `Upload-Checksum: <algorithm> <digest in base64>`; undefined when the header is absent. */
export function parseUploadChecksum(header: string | undefined): ExpectedChecksum | undefined {
  if (header === undefined) return undefined;
  const [name = '', encoded = '', ...more] = header.trim().split(' ');
  const known = CHECKSUM_ALGORITHMS.join(', ');
  if (!isAlgorithm(name)) {
    throw slipwayError(
      'bad_request',
      `Expected a checksum of one of these algorithms: ${known}; received "${name}".`,
    );
  }
  const hash = createHash(name);
  const expected = Buffer.from(encoded, 'base64');
  const bytes = hash.copy().digest().length;
  if (more.length > 0 || expected.length !== bytes) {
    throw slipwayError(
      'bad_request',
      `Expected Upload-Checksum as "${name} <${bytes} bytes in base64>".`,
    );
  }
  return { hash, verify: () => compare(name, expected, hash.digest()) };
}

function compare(name: Algorithm, expected: Buffer, received: Buffer): void {
  if (expected.equals(received)) return;
  throw slipwayError(
    'checksum_mismatch',
    `Expected bytes whose ${name} is ${expected.toString('base64')}, received ${received.toString('base64')}; nothing was stored. Send them again.`,
  );
}
