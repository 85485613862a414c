import { createHash } from 'node:crypto';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import type { ObjectInfo, Storage } from '../storage/storage.ts';
import { storageUnavailable } from '../storage/unavailable.ts';
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

async function readEach(
  ctx: SlipwayContext,
  { key, bytes }: { key: string; bytes?: number },
  use: (chunk: Buffer) => unknown,
): Promise<void> {
  const range = bytes === undefined ? undefined : { start: 0, end: bytes - 1 };
  const stream = await ctx.storage.read(key, range);
  if (stream === null) {
    throw slipwayError(
      'storage_unavailable',
      'The object could not be read back; complete again.',
      { retryAfter: 2 },
    );
  }
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) use(chunk);
  } catch (error) {
    // The connection to the storage may also break in the middle.
    throw storageUnavailable(error);
  }
}

/** Of objects that are being read back right now: a second completion waits for the first one's answer. */
const readingBack = new WeakMap<Storage, Map<string, Promise<string>>>();

function digestOf(ctx: SlipwayContext, key: string): Promise<string> {
  const running = readingBack.get(ctx.storage) ?? new Map<string, Promise<string>>();
  readingBack.set(ctx.storage, running);
  const known = running.get(key);
  if (known !== undefined) return known;
  const digest = readBack(ctx, key).finally(() => running.delete(key));
  running.set(key, digest);
  return digest;
}

async function readBack(ctx: SlipwayContext, key: string): Promise<string> {
  const hash = createHash('sha256');
  await readEach(ctx, { key }, (chunk) => hash.update(chunk));
  return hash.digest('hex');
}

async function firstBytes(ctx: SlipwayContext, row: FileRow): Promise<Uint8Array> {
  if (row.size === 0) return new Uint8Array();
  const chunks: Buffer[] = [];
  const bytes = Math.min(row.size, SNIFF_BYTES);
  await readEach(ctx, { key: row.key, bytes }, (chunk) => chunks.push(chunk));
  return Buffer.concat(chunks);
}
