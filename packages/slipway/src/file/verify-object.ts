import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import type { ObjectInfo } from '../storage/storage.ts';
import { SNIFF_BYTES, sniff } from './sniff.ts';
import type { FileFailure, FileRow } from './table.ts';

export type Verified = { ok: true; sha256: string | null } | { ok: false; failure: FileFailure };

const failed = (code: string, message: string): Verified => ({
  ok: false,
  failure: { code, message },
});

/**
 * Compares the stored object with what was announced: size, digest (as computed
 * by the storage on arrival, else by reading the object back), and the type its
 * first bytes show.
 */
export async function verifyObject(
  ctx: SlipwayContext,
  input: { row: FileRow; found: ObjectInfo },
): Promise<Verified> {
  const { row, found } = input;
  if (found.size !== row.size) {
    return failed('size_mismatch', `Expected ${row.size} bytes, found ${found.size}.`);
  }
  const sha256 = found.sha256 ?? (row.sha256 === null ? null : await digestOf(ctx, row.key));
  if (row.sha256 !== null && row.sha256 !== sha256) {
    return failed('digest_mismatch', `Expected SHA-256 ${row.sha256}, found ${sha256 ?? 'none'}.`);
  }
  const sniffed = await sniff(await firstBytes(ctx, row), row.type);
  if (!sniffed.agrees) {
    return failed(
      'type_mismatch',
      `Expected ${row.type}, as was announced; the content is ${sniffed.found}.`,
    );
  }
  return { ok: true, sha256 };
}

async function openObject(ctx: SlipwayContext, key: string, bytes?: number): Promise<Readable> {
  const stream = await ctx.storage.read(
    key,
    bytes === undefined ? undefined : { start: 0, end: bytes - 1 },
  );
  if (stream === null) {
    throw slipwayError(
      'storage_unavailable',
      'The object could not be read back; complete again.',
      { retryAfter: 2 },
    );
  }
  return stream;
}

async function digestOf(ctx: SlipwayContext, key: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of await openObject(ctx, key)) hash.update(chunk);
  return hash.digest('hex');
}

async function firstBytes(ctx: SlipwayContext, row: FileRow): Promise<Uint8Array> {
  if (row.size === 0) return new Uint8Array();
  const chunks: Buffer[] = [];
  for await (const chunk of await openObject(ctx, row.key, Math.min(row.size, SNIFF_BYTES)))
    chunks.push(chunk);
  return Buffer.concat(chunks);
}
