import { createHash } from 'node:crypto';
import { slipwayError } from '../errors.ts';
import type { ByteRange, Storage } from '../storage/storage.ts';
import { storageUnavailable } from '../storage/unavailable.ts';
import { unlessSilent } from '../storage/unless-silent.ts';

interface Wanted {
  key: string;
  range?: ByteRange | undefined;
  /** Of the whole object, where it is known. */
  size?: number | undefined;
}

/**
 * The chunks of an object, or of a range of it; never more than that. Throws `storage_unavailable`
 * when they do not come, or others come.
 */
export async function* chunksOf(
  storage: Storage,
  { key, range, size }: Wanted,
): AsyncGenerator<Buffer> {
  const stream = await storage.read(key, range);
  if (stream === null) {
    throw slipwayError(
      'storage_unavailable',
      'The object could not be read back; complete again.',
      { retryAfter: 2 },
    );
  }
  let left = range === undefined ? (size ?? Number.POSITIVE_INFINITY) : range.end - range.start + 1;
  try {
    for await (const chunk of unlessSilent(stream)) {
      if (chunk.length > left) {
        if (range?.start !== 0) throw new Error('more bytes came than were asked for');
        // The storage knows no ranges; the beginning is what was asked for all the same.
        if (left > 0) yield chunk.subarray(0, left);
        return;
      }
      yield chunk;
      left -= chunk.length;
    }
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
  { key, size, partSize }: Pick<Wanted, 'key' | 'size'> & { partSize: number | null },
): Promise<Digests> {
  const whole = createHash('sha256');
  const parts: string[] = [];
  let part = createHash('sha256');
  let inPart = 0;
  for await (const chunk of chunksOf(storage, { key, size })) {
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
