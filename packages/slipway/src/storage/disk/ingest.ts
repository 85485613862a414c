import { type FileHandle, link, mkdir, open, rename, unlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { randomToken } from '@repo/foundation/ids';
import { slipwayError } from '../../errors.ts';
import { diskPaths, nullIfMissing, type ObjectMeta } from './disk-storage.ts';
import { writeStreamToFile } from './write-stream-to-file.ts';

export interface IngestInput {
  key: string;
  body: Readable;
  size: number;
  type: string;
  /** SHA-256 (hex) that the bytes must have, when the URL pins it. */
  sha256: string | undefined;
}

function hasCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}

function sizeMismatch(expected: number, received: number) {
  return slipwayError('size_mismatch', `Expected ${expected} bytes, received ${received}.`, {
    details: { expected, received },
  });
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

/**
 * Streams a body to its object: into a temporary file, hashed on the way,
 * flushed, then linked to its final name. `link` fails where a file exists, so
 * of any number of writers one wins and nothing is ever overwritten or half there.
 *
 * @returns the SHA-256 of the stored bytes, hex.
 * @throws `object_exists`, `size_mismatch`, `digest_mismatch`, `storage_full`.
 */
export async function ingestToDisk(root: string, input: IngestInput): Promise<string> {
  const paths = diskPaths(root);
  const target = paths.object(input.key);
  const temporary = join(paths.temporary, randomToken(24));
  await mkdir(paths.temporary, { recursive: true });
  await mkdir(dirname(target), { recursive: true });
  try {
    const { size, sha256 } = await writeStreamToFile(input.body, temporary, input.size);
    if (size !== input.size) throw sizeMismatch(input.size, size);
    if (input.sha256 !== undefined && input.sha256 !== sha256) {
      throw slipwayError(
        'digest_mismatch',
        `Expected SHA-256 ${input.sha256}, received ${sha256}.`,
        {
          details: { expected: input.sha256, received: sha256 },
        },
      );
    }
    await link(temporary, target);
    const meta: ObjectMeta = { type: input.type, sha256 };
    await writeFile(`${temporary}.meta`, JSON.stringify(meta), { flush: true });
    await rename(`${temporary}.meta`, paths.meta(input.key));
    await syncFolder(dirname(target));
    return sha256;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) {
      throw slipwayError(
        'object_exists',
        'There is an object at this URL already; it is never overwritten.',
      );
    }
    if (hasCode(error, 'ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET')) {
      throw slipwayError(
        'size_mismatch',
        `The connection ended before all ${input.size} bytes were here.`,
        { cause: error },
      );
    }
    if (hasCode(error, 'ENOSPC', 'EDQUOT')) {
      throw slipwayError('storage_full', 'The storage has no room for this file.', {
        cause: error,
      });
    }
    throw error;
  } finally {
    await nullIfMissing(unlink(temporary));
  }
}
