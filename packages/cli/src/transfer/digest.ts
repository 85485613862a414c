import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

export interface Stretch {
  readonly path: string;
  readonly start: number;
  readonly size: number;
}

/** The SHA-256 of a stretch of a file, hex, without holding it in memory. */
export async function digestOf({ path, start, size }: Stretch): Promise<string> {
  const hash = createHash('sha256');
  if (size > 0) {
    for await (const chunk of createReadStream(path, { start, end: start + size - 1 }))
      hash.update(chunk);
  }
  return hash.digest('hex');
}

/**
 * Compares a file with what Slipway knows of its bytes: the digest of the whole, or that over the
 * digests of its parts. Null when it knows neither.
 */
export async function hasDigest(
  path: string,
  file: {
    readonly size: number;
    readonly sha256: string | null;
    readonly checksum?: string | null;
  },
): Promise<boolean | null> {
  if (file.sha256 !== null)
    return (await digestOf({ path, start: 0, size: file.size })) === file.sha256;
  const [, partSize, expected] =
    /^sha256-parts:(\d+):([0-9a-f]{64})$/.exec(file.checksum ?? '') ?? [];
  if (partSize === undefined || expected === undefined) return null;
  const over = createHash('sha256');
  for (let start = 0; start < file.size; start += Number(partSize)) {
    const size = Math.min(Number(partSize), file.size - start);
    over.update(Buffer.from(await digestOf({ path, start, size }), 'hex'));
  }
  return over.digest('hex') === expected;
}
