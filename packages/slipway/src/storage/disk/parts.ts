import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, unlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { failpoint } from '@repo/foundation/failpoint';
import { newId, randomToken } from '@repo/foundation/ids';
import { slipwayError } from '../../errors.ts';
import { requireOrder } from '../part-order.ts';
import { partReplaced } from '../part-replaced.ts';
import type { ListedMultipart, StoredPart } from '../storage.ts';
import { claimUpload } from './claim.ts';
import { type DiskPaths, FILE_MODE, FOLDER_MODE, hasCode, nullIfMissing } from './disk-paths.ts';
import { explained, IDLE_MS, publish, receive } from './ingest.ts';
import { writeStreamToFile } from './write-stream-to-file.ts';

/** What an upload is for; beside its parts. */
interface UploadInfo {
  key: string;
  startedAt: string;
}

/** A part that is there; `file` is the name of its bytes in the upload's folder. */
interface PartInfo {
  size: number;
  sha256: string;
  file: string;
}

const INFO = 'upload.json';
const PART_FILE = /^(\d+)\.json$/;

export async function createUpload(paths: DiskPaths, key: string): Promise<string> {
  const uploadId = newId('mpu');
  const folder = paths.upload(uploadId);
  await mkdir(folder, { recursive: true, mode: FOLDER_MODE });
  const info: UploadInfo = { key, startedAt: new Date().toISOString() };
  await writeAtomically(join(folder, INFO), info);
  return uploadId;
}

export interface PartInput {
  uploadId: string;
  number: number;
  body: Readable;
  size: number;
  sha256: string | undefined;
  idleMs?: number | undefined;
}

/**
 * Stores one part: whole, flushed and of its digest, or not at all. An earlier one of this number is
 * replaced at once, never mixed with.
 *
 * @throws `object_missing` when the upload is over, and what `ingestToDisk` throws.
 */
export async function ingestPart(paths: DiskPaths, input: PartInput): Promise<StoredPart> {
  const folder = paths.upload(input.uploadId);
  const temporary = join(paths.temporary, randomToken(24));
  const key = `${input.uploadId}/${String(input.number).padStart(8, '0')}`;
  const claim = await claimUpload(paths, { key, temporary }).catch((error: unknown) => {
    throw explained(error, input);
  });
  try {
    await requireOpen(folder);
    const { body, size, sha256: expected, idleMs = IDLE_MS } = input;
    const sha256 = await receive({ body, size, sha256: expected, idleMs }, temporary);
    await requireOpen(folder);
    const file = `${input.number}.${randomToken(8)}`;
    const before = await readPart(folder, input.number);
    await rename(temporary, join(folder, file));
    failpoint('part.after-bytes');
    await writeAtomically(join(folder, `${input.number}.json`), { size, sha256, file });
    if (before !== null) await nullIfMissing(unlink(join(folder, before.file)));
    return { number: input.number, size, sha256, etag: file };
  } catch (error) {
    // The folder went while the part was put there.
    if (hasCode(error, 'ENOENT')) await requireOpen(folder);
    throw explained(error, input);
  } finally {
    await nullIfMissing(unlink(temporary));
    await claim.release();
  }
}

/** By number; null when the upload is over. */
export async function listParts(paths: DiskPaths, uploadId: string): Promise<StoredPart[] | null> {
  const folder = paths.upload(uploadId);
  const names = await nullIfMissing(readdir(folder));
  if (names === null || !names.includes(INFO)) return null;
  const parts: StoredPart[] = [];
  for (const name of names) {
    const number = Number(PART_FILE.exec(name)?.[1] ?? 0);
    const part = number === 0 ? null : await readPart(folder, number);
    if (part !== null)
      parts.push({ number, size: part.size, sha256: part.sha256, etag: part.file });
  }
  return parts.sort((a, b) => a.number - b.number);
}

/**
 * Writes the parts into one new file, and only that becomes the object: a part's late writer holds a
 * file of its own. Each part is compared with its digest once more, because it may have lain for days.
 */
export async function assemble(
  paths: DiskPaths,
  input: { uploadId: string; key: string; type: string; parts: StoredPart[] },
): Promise<void> {
  const { uploadId, key, type, parts } = input;
  const folder = paths.upload(uploadId);
  requireOrder(parts);
  if ((await nullIfMissing(stat(paths.object(key)))) === null) {
    await requireOpen(folder);
    await mkdir(paths.temporary, { recursive: true, mode: FOLDER_MODE });
    const temporary = join(paths.temporary, randomToken(24));
    const size = parts.reduce((sum, part) => sum + part.size, 0);
    try {
      const body = Readable.from(bytesOf(folder, parts));
      const { sha256 } = await writeStreamToFile(body, temporary, { limit: size, idleMs: IDLE_MS });
      await publish(paths, { key, type, sha256, temporary }).catch((error: unknown) => {
        if (!isTaken(error)) throw error;
      });
    } catch (error) {
      if (hasCode(error, 'ENOENT') && (await isReplaced(folder, parts))) throw partReplaced(error);
      throw explained(error, { size });
    } finally {
      await nullIfMissing(unlink(temporary));
    }
  }
  failpoint('assemble.before-removal');
  await removeUpload(paths, uploadId);
}

/** Their bytes are removed then, perhaps while they were being read. */
async function isReplaced(folder: string, parts: StoredPart[]): Promise<boolean> {
  await requireOpen(folder);
  const now = await Promise.all(parts.map(({ number }) => readPart(folder, number)));
  return parts.some(({ etag }, index) => now[index]?.file !== etag);
}

/** Another process assembled the same parts first. */
const isTaken = (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === 'object_exists';

async function* bytesOf(folder: string, parts: StoredPart[]): AsyncGenerator<Buffer> {
  for (const { number, sha256, etag } of parts) {
    const hash = createHash('sha256');
    const stream: AsyncIterable<Buffer> = createReadStream(join(folder, basename(etag)), {
      highWaterMark: 1024 * 1024,
    });
    for await (const chunk of stream) {
      hash.update(chunk);
      yield chunk;
    }
    if (sha256 !== null && hash.digest('hex') !== sha256) {
      await nullIfMissing(unlink(join(folder, `${number}.json`)));
      throw slipwayError('storage_unavailable', `Part ${number} was damaged on the disk.`, {
        details: { part: number },
      });
    }
  }
}

/** Its word about itself goes first: from then on it takes no parts, and those on their way are few. */
export async function removeUpload(paths: DiskPaths, uploadId: string): Promise<void> {
  const folder = paths.upload(uploadId);
  await nullIfMissing(unlink(join(folder, INFO)));
  // A part that was being put there makes the folder not empty once more.
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 20 });
}

export async function* listUploads(paths: DiskPaths): AsyncGenerator<ListedMultipart> {
  for (const uploadId of (await nullIfMissing(readdir(paths.uploads))) ?? []) {
    const text = await nullIfMissing(readFile(join(paths.upload(uploadId), INFO), 'utf8'));
    const info = text === null ? null : (JSON.parse(text) as UploadInfo);
    if (info !== null) {
      yield { uploadId, key: info.key, startedAt: new Date(info.startedAt) };
      continue;
    }
    // Without a word about itself it was cut off while it was made or removed.
    const folder = await nullIfMissing(stat(paths.upload(uploadId)));
    if (folder !== null) yield { uploadId, key: '', startedAt: folder.mtime };
  }
}

async function requireOpen(folder: string): Promise<void> {
  if ((await nullIfMissing(stat(join(folder, INFO)))) !== null) return;
  throw slipwayError('upload_closed', 'This upload was completed or aborted; it takes no parts.');
}

async function readPart(folder: string, number: number): Promise<PartInfo | null> {
  const text = await nullIfMissing(readFile(join(folder, `${number}.json`), 'utf8'));
  return text === null ? null : (JSON.parse(text) as PartInfo);
}

async function writeAtomically(path: string, value: object): Promise<void> {
  const temporary = `${path}.${randomToken(8)}`;
  await writeFile(temporary, JSON.stringify(value), { flush: true, mode: FILE_MODE });
  await rename(temporary, path);
}
