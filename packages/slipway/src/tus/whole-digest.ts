import { createHash, type Hash } from 'node:crypto';

/** How far an upload is, and by whom. */
interface Place {
  offset: number;
  writer: string | undefined;
}

interface Known extends Place {
  hash: Hash;
}

/** More than that many unfinished uploads per process are rare; the oldest are read back at their end. */
const MOST = 2_000;

/**
 * SHA-256 of uploads that this process has received from their first byte, so that these need not be
 * read again. One that another process received a piece of has none here.
 */
const known = new Map<string, Known>();

/** The hash so far, or undefined when this process does not know it. */
export function takeDigest(fileId: string, { offset, writer }: Place): Hash | undefined {
  if (offset === 0) return createHash('sha256');
  const found = known.get(fileId);
  // Others may have gone back, and come to the same offset with other bytes.
  return found?.offset === offset && found.writer === writer ? found.hash.copy() : undefined;
}

export function keepDigest(fileId: string, digest: Known): void {
  known.delete(fileId);
  known.set(fileId, digest);
  const [oldest] = known.keys();
  if (known.size > MOST && oldest !== undefined) known.delete(oldest);
}

export function dropDigest(fileId: string): void {
  known.delete(fileId);
}
