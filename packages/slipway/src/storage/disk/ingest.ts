import { type FileHandle, link, mkdir, open, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { failpoint } from '@repo/foundation/failpoint';
import { randomToken } from '@repo/foundation/ids';
import { slipwayError } from '../../errors.ts';
import { claimUpload } from './claim.ts';
import { type DiskPaths, diskPaths, FOLDER_MODE, hasCode, nullIfMissing } from './disk-paths.ts';
import { writeMeta } from './object-meta.ts';
import { writeStreamToFile } from './write-stream-to-file.ts';

export interface IngestInput {
  key: string;
  body: Readable;
  size: number;
  type: string;
  /** SHA-256 (hex) that the bytes must have, when the URL pins it. */
  sha256: string | undefined;
  /** Milliseconds without a byte after which the upload is cut. */
  idleMs?: number;
}

export const IDLE_MS = 60_000;

/**
 * Streams a body to its object: into a temporary file, hashed on the way,
 * flushed, then linked to its final name. `link` fails where a file exists, so
 * of any number of writers one wins and nothing is ever overwritten or half there.
 *
 * @returns the SHA-256 of the stored bytes, hex.
 * @throws `object_exists`, `upload_in_progress`, `upload_stalled`, `size_mismatch`,
 * `digest_mismatch`, `storage_full`.
 */
export async function ingestToDisk(root: string, input: IngestInput): Promise<string> {
  const paths = diskPaths(root);
  const temporary = join(paths.temporary, randomToken(24));
  const claim = await claimUpload(paths, { key: input.key, temporary }).catch((error: unknown) => {
    throw explained(error, input);
  });
  try {
    await refuseExisting(paths, input.key);
    const sha256 = await receive(input, temporary);
    await publish(paths, { key: input.key, type: input.type, sha256, temporary });
    return sha256;
  } catch (error) {
    throw explained(error, input);
  } finally {
    await nullIfMissing(unlink(temporary));
    await claim.release();
  }
}

async function refuseExisting(paths: DiskPaths, key: string): Promise<void> {
  if ((await nullIfMissing(stat(paths.object(key)))) !== null) throw objectExists();
}

/** Into a temporary file, flushed; returns the SHA-256 of what came, which is what was announced. */
export async function receive(
  input: Pick<IngestInput, 'body' | 'size' | 'sha256' | 'idleMs'>,
  temporary: string,
): Promise<string> {
  const { size, sha256 } = await writeStreamToFile(input.body, temporary, {
    limit: input.size,
    idleMs: input.idleMs ?? IDLE_MS,
  });
  if (size !== input.size) throw sizeMismatch(input.size, size);
  if (input.sha256 !== undefined && input.sha256 !== sha256) {
    throw slipwayError('digest_mismatch', `Expected SHA-256 ${input.sha256}, received ${sha256}.`, {
      details: { expected: input.sha256, received: sha256 },
    });
  }
  return sha256;
}

/**
 * First what was learned, then the object: whoever sees the object finds its digest, and an object
 * that is deleted at that very moment leaves nothing that appears afterwards.
 */
export async function publish(
  paths: DiskPaths,
  from: { key: string; type: string; sha256: string; temporary: string },
): Promise<void> {
  const target = paths.object(from.key);
  const meta = paths.meta(from.key);
  await makeFolder(dirname(target));
  // A writer that was overtaken must leave the winner's digest alone.
  await refuseExisting(paths, from.key);
  const { ino } = await stat(from.temporary, { bigint: true });
  try {
    await writeMeta(
      { type: from.type, sha256: from.sha256, inode: String(ino) },
      { temporary: `${from.temporary}.meta`, path: meta },
    );
    failpoint('ingest.before-link');
    await link(from.temporary, target);
    failpoint('ingest.after-link');
  } catch (error) {
    if (hasCode(error, 'EEXIST')) throw objectExists();
    // What goes wrong here must not hide what went wrong first.
    await Promise.allSettled([unlink(`${from.temporary}.meta`), unlink(meta)]);
    throw error;
  }
  await syncFolder(dirname(target));
}

/** Makes a folder and flushes those that it is new in: after a power cut it is still there. */
async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true, mode: FOLDER_MODE });
  if (first === undefined) return;
  for (let made = folder; made.length >= first.length; made = dirname(made))
    await syncFolder(dirname(made));
}

async function syncFolder(folder: string): Promise<void> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(folder, 'r');
    await handle.sync();
  } finally {
    await handle?.close();
  }
}

function objectExists() {
  return slipwayError(
    'object_exists',
    'There is an object at this URL already; it is never overwritten.',
  );
}

export function sizeMismatch(expected: number, received: number) {
  return slipwayError('size_mismatch', `Expected ${expected} bytes, received ${received}.`, {
    details: { expected, received },
  });
}

/** What the connection or the disk reported, as what the client may know of it. */
export function explained(error: unknown, input: { size: number }): unknown {
  if (hasCode(error, 'ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET')) {
    return slipwayError(
      'size_mismatch',
      `The connection ended before all ${input.size} bytes were here.`,
      { cause: error },
    );
  }
  if (hasCode(error, 'ENOSPC', 'EDQUOT')) {
    return slipwayError('storage_full', 'The storage has no room for this file.', { cause: error });
  }
  return error;
}
