import { createHash } from 'node:crypto';
import { slipwayError } from '../errors.ts';
import type { ByteRange, Storage } from '../storage/storage.ts';
import { storageUnavailable } from '../storage/unavailable.ts';

/** The chunks of an object, or of a range of it; throws `storage_unavailable` when they do not come. */
export async function* chunksOf(
  storage: Storage,
  { key, range }: { key: string; range?: ByteRange | undefined },
): AsyncGenerator<Buffer> {
  const stream = await storage.read(key, range);
  if (stream === null) {
    throw slipwayError(
      'storage_unavailable',
      'The object could not be read back; complete again.',
      { retryAfter: 2 },
    );
  }
  try {
    yield* stream as AsyncIterable<Buffer>;
  } catch (error) {
    // The connection to the storage may also break in the middle.
    throw storageUnavailable(error);
  }
}

export async function firstBytes(
  storage: Storage,
  { key, size, bytes }: { key: string; size: number; bytes: number },
): Promise<Uint8Array> {
  if (size === 0) return new Uint8Array();
  const chunks: Buffer[] = [];
  const end = Math.min(size, bytes) - 1;
  for await (const chunk of chunksOf(storage, { key, range: { start: 0, end } }))
    chunks.push(chunk);
  return Buffer.concat(chunks);
}

export interface Digests {
  /** Of all bytes, hex. */
  sha256: string;
  /** Of each part, hex; empty without a part size. */
  parts: string[];
}

/** Reads an object back, and hashes it as a whole and part by part. */
export async function digestsOf(
  storage: Storage,
  { key, partSize }: { key: string; partSize: number | null },
): Promise<Digests> {
  const whole = createHash('sha256');
  const parts: string[] = [];
  let part = createHash('sha256');
  let inPart = 0;
  for await (const chunk of chunksOf(storage, { key })) {
    whole.update(chunk);
    let rest = chunk;
    while (partSize !== null && rest.length > 0) {
      const taken = rest.subarray(0, partSize - inPart);
      part.update(taken);
      inPart += taken.length;
      rest = rest.subarray(taken.length);
      if (inPart < partSize) continue;
      parts.push(part.digest('hex'));
      part = createHash('sha256');
      inPart = 0;
    }
  }
  if (inPart > 0) parts.push(part.digest('hex'));
  return { sha256: whole.digest('hex'), parts };
}
