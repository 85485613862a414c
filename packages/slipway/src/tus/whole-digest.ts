import { createHash, type Hash } from 'node:crypto';

interface Known {
  hash: Hash;
  /** It covers so many bytes from the upload's start. */
  offset: number;
}

/** More than that many unfinished uploads per process are rare; the oldest are read back at their end. */
const MOST = 2_000;

/**
 * SHA-256 of uploads that this process has received from their first byte, so that these need not be
 * read again. One that another process received a piece of has none here.
 */
const known = new Map<string, Known>();

/** The hash so far, or undefined when this process does not know it. */
export function takeDigest(fileId: string, offset: number): Hash | undefined {
  if (offset === 0) return createHash('sha256');
  const found = known.get(fileId);
  return found?.offset === offset ? found.hash.copy() : undefined;
}

export function keepDigest(fileId: string, { hash, offset }: Known): void {
  known.delete(fileId);
  known.set(fileId, { hash, offset });
  const [oldest] = known.keys();
  if (known.size > MOST && oldest !== undefined) known.delete(oldest);
}

export function dropDigest(fileId: string): void {
  known.delete(fileId);
}
