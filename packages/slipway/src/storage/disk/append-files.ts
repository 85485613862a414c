import { createHash } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { failpoint } from '@repo/foundation/failpoint';
import type { AppendFile, AppendFiles, MultipartRef } from '../storage.ts';
import { storageUnavailable } from '../unavailable.ts';
import { bootId } from './boot-id.ts';
import { type DiskPaths, FILE_MODE, hasCode, nullIfMissing } from './disk-paths.ts';
import { createFileSink } from './file-sink.ts';
import { publish } from './ingest.ts';
import { removeUpload } from './parts.ts';

/** In the folder of its upload, so that it goes with that. */
const BYTES = 'bytes';

/** Uploads that arrive piece by piece are one file, which becomes the object as it is. */
export function diskAppendFiles(paths: DiskPaths): AppendFiles {
  const pathOf = ({ uploadId }: MultipartRef) => join(paths.upload(uploadId), BYTES);
  return {
    epoch: bootId,
    async open(upload) {
      const flags = constants.O_RDWR | constants.O_CREAT;
      const file = await nullIfMissing(open(pathOf(upload), flags, FILE_MODE));
      return file === null ? null : appendFile(file);
    },
    async publish({ key, type, uploadId, sha256 }) {
      const temporary = pathOf({ key, uploadId });
      if ((await nullIfMissing(stat(paths.object(key)))) === null) {
        const digest = sha256 ?? (await digestOf(temporary));
        await publish(paths, { key, type, sha256: digest, temporary }).catch((error: unknown) => {
          // Another process did the same first.
          if (!hasCode(error, 'object_exists')) throw storageUnavailable(error);
        });
      }
      failpoint('tus.after-object');
      await removeUpload(paths, uploadId);
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

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  const stream: AsyncIterable<Buffer> = createReadStream(path, { highWaterMark: 1024 * 1024 });
  for await (const chunk of stream) hash.update(chunk);
  return hash.digest('hex');
}
