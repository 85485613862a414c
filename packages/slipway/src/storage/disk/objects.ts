import { constants, createReadStream } from 'node:fs';
import { mkdir, open, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { randomToken } from '@repo/foundation/ids';
import { slipwayError } from '../../errors.ts';
import type { ByteRange, ObjectInfo, PutObject } from '../storage.ts';
import { type DiskPaths, FOLDER_MODE, nullIfMissing } from './disk-paths.ts';
import { IDLE_MS, publish } from './ingest.ts';
import { readMeta } from './object-meta.ts';
import { writeStreamToFile } from './write-stream-to-file.ts';

export async function headObject(paths: DiskPaths, key: string): Promise<ObjectInfo | null> {
  const file = await nullIfMissing(stat(paths.object(key), { bigint: true }));
  if (file === null) return null;
  const meta = await readMeta(paths.meta(key));
  const known = meta?.inode === String(file.ino) ? meta : null;
  const { type = null, sha256 = null } = known ?? {};
  return { size: Number(file.size), type, sha256, partsSha256: null, etag: null };
}

export async function readObject(
  paths: DiskPaths,
  key: string,
  range?: ByteRange,
): Promise<Readable | null> {
  const handle = await nullIfMissing(open(paths.object(key), constants.O_RDONLY));
  if (handle === null) return null;
  return createReadStream('', { fd: handle, ...range, highWaterMark: 256 * 1024 });
}

export async function removeObject(paths: DiskPaths, key: string): Promise<void> {
  await nullIfMissing(unlink(paths.object(key)));
  await nullIfMissing(unlink(paths.meta(key)));
}

export async function putObject(paths: DiskPaths, { key, type, body }: PutObject): Promise<void> {
  await removeObject(paths, key);
  await store(paths, { key, type, body: Readable.from([Buffer.from(body)]) });
}

export async function copyObject(
  paths: DiskPaths,
  { from, to, type }: { from: string; to: string; type: string },
): Promise<void> {
  const body = await openSource(paths, from);
  try {
    await removeObject(paths, to);
    await store(paths, { key: to, type, body });
  } finally {
    // What failed before it was read would stay open.
    body.destroy();
  }
}

/** What is copied from; throws `not_found` when it is not there. */
export async function openSource(
  paths: DiskPaths,
  key: string,
  range?: ByteRange,
): Promise<Readable> {
  const body = await readObject(paths, key, range);
  if (body === null) throw slipwayError('not_found', 'There is no such object.');
  return body;
}

/** Whole, flushed and with its digest, or not at all. */
async function store(
  paths: DiskPaths,
  { key, type, body }: { key: string; type: string; body: Readable },
): Promise<void> {
  await mkdir(paths.temporary, { recursive: true, mode: FOLDER_MODE });
  const temporary = join(paths.temporary, randomToken(24));
  try {
    const limit = Number.POSITIVE_INFINITY;
    const { sha256 } = await writeStreamToFile(body, temporary, { limit, idleMs: IDLE_MS });
    await publish(paths, { key, type, sha256, temporary });
  } finally {
    await nullIfMissing(unlink(temporary));
  }
}
