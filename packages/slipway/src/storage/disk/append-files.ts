import { createHash } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { copyFile, type FileHandle, open, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { failpoint } from '@repo/foundation/failpoint';
import { randomToken } from '@repo/foundation/ids';
import { slipwayError } from '../../errors.ts';
import type { AppendFile, AppendFiles, AppendRef } from '../storage.ts';
import { storageUnavailable } from '../unavailable.ts';
import { bootId } from './boot-id.ts';
import { type DiskPaths, FILE_MODE, hasCode, nullIfMissing } from './disk-paths.ts';
import { createFileSink } from './file-sink.ts';
import { publish } from './ingest.ts';
import { removeUpload } from './parts.ts';

/** Uploads that arrive piece by piece are one file, which becomes the object as it is. */
export function diskAppendFiles(paths: DiskPaths): AppendFiles {
  // In the folder of its upload, so that it goes with that.
  const pathOf = ({ uploadId, name }: AppendRef) => join(paths.upload(uploadId), name);
  return {
    epoch: bootId,
    async open(file) {
      const flags = constants.O_RDWR | constants.O_CREAT;
      const handle = await nullIfMissing(open(pathOf(file), flags, FILE_MODE));
      return handle === null ? null : appendFile(handle);
    },
    async durableSize(file, known) {
      if ((await nullIfMissing(stat(paths.upload(file.uploadId)))) === null) return null;
      return (await nullIfMissing(flushedSize(pathOf(file), known))) ?? 0;
    },
    async fork(file, { to, bytes }) {
      await copyFresh(pathOf(file), { to: pathOf({ ...file, name: to }), bytes });
    },
    async remove(file) {
      await nullIfMissing(unlink(pathOf(file)));
    },
    async publish({ key, type, size, sha256, fresh, ...ref }) {
      const isThere = async () => (await nullIfMissing(stat(paths.object(key)))) !== null;
      if (!(await isThere())) {
        const file = pathOf({ key, ...ref });
        const temporary = fresh ? `${file}.${randomToken(8)}` : file;
        try {
          if (fresh) await copyFresh(file, { to: temporary, bytes: size });
          if ((await stat(temporary)).size !== size) throw bytesLost(size);
          const digest = sha256 ?? (await digestOf(temporary));
          await publish(paths, { key, type, sha256: digest, temporary });
        } catch (error) {
          // Otherwise another process did the same first.
          if (!(await isThere())) throw await explained(paths, { error, size });
        }
      }
      failpoint('tus.after-object');
      await removeUpload(paths, ref.uploadId);
    },
  };
}

async function appendFile(file: FileHandle): Promise<AppendFile> {
  const { size } = await file.stat();
  return {
    size,
    sink: (options) => createFileSink(file, options),
    async cut(length) {
      await file.truncate(length);
      await file.sync();
    },
    close: () => file.close(),
  };
}

async function flushedSize(path: string, known: number): Promise<number> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    if (size > known) await file.sync();
    return size;
  } finally {
    await file.close();
  }
}

/** The first bytes of a file as one of its own, which nobody else has ever had open; flushed. */
async function copyFresh(
  path: string,
  { to, bytes }: { to: string; bytes: number },
): Promise<void> {
  // Where the file system can it shares the blocks.
  await copyFile(path, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  const file = await open(to, 'r+');
  try {
    if ((await file.stat()).size < bytes) throw bytesLost(bytes);
    await file.truncate(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  const stream: AsyncIterable<Buffer> = createReadStream(path, { highWaterMark: 1024 * 1024 });
  for await (const chunk of stream) hash.update(chunk);
  return hash.digest('hex');
}

/** A disk that is not there must not look like one that lost an upload. */
async function explained(
  paths: DiskPaths,
  { error, size }: { error: unknown; size: number },
): Promise<unknown> {
  const isMounted = (await nullIfMissing(stat(paths.uploads))) !== null;
  return hasCode(error, 'ENOENT') && isMounted ? bytesLost(size) : storageUnavailable(error);
}

function bytesLost(size: number) {
  return slipwayError('object_missing', `Expected ${size} bytes of this upload; they are gone.`, {
    details: { expected: size },
  });
}
