import { failpoint } from '@repo/foundation/failpoint';
import { slipwayError } from '../errors.ts';
import type { AppendFile, AppendFiles } from '../storage/storage.ts';
import { storageUnavailable } from '../storage/unavailable.ts';
import type { AppendInput, Appending } from './appending.ts';
import type { RecordMark } from './record.ts';
import { openStorageUpload } from './storage-upload.ts';
import { isWhole, type TusUpload } from './upload.ts';
import { dropDigest, keepDigest, takeDigest } from './whole-digest.ts';

/**
 * Bytes beyond the recorded offset are there, too, when nothing is to be compared first and the
 * machine has not been started anew since they were written: then only their writer died. After a
 * power cut they could be anything.
 */
function believableOffset(
  { tus }: TusUpload,
  { size, epoch }: { size: number; epoch: string },
): number {
  if (size <= tus.offset) return size;
  const { state } = tus;
  if (state.unverified === true || state.epoch !== epoch) return tus.offset;
  return Math.min(size, tus.length ?? size);
}

async function settleFile(
  file: AppendFile,
  { upload, epoch, record }: { upload: TusUpload; epoch: string; record: RecordMark },
): Promise<void> {
  const { tus } = upload;
  const offset = believableOffset(upload, { size: file.size, epoch });
  if (file.size > tus.offset) await file.cut(offset);
  if (offset === tus.offset) return;
  dropDigest(tus.fileId);
  await record({ offset });
}

/** Finds out how far the file is, and makes the row and the file agree on it. */
export async function recoverFile(input: {
  upload: TusUpload;
  files: AppendFiles;
  record: RecordMark;
}): Promise<void> {
  const { upload, files } = input;
  const { key, uploadId } = upload.row;
  if (uploadId === null) return;
  const file = await openFile(files, { key, uploadId });
  try {
    await settleFile(file, { ...input, epoch: files.epoch });
  } finally {
    await file.close();
  }
}

async function openFile(
  files: AppendFiles,
  ref: { key: string; uploadId: string },
): Promise<AppendFile> {
  const file = await files.open(ref).catch((error: unknown) => {
    throw storageUnavailable(error);
  });
  if (file !== null) return file;
  throw slipwayError('storage_unavailable', 'The storage does not have this upload any more.');
}

/** Appends to the one file that becomes the object. Expects that `recoverFile` ran under the same lock. */
export async function openFileAppending(
  input: AppendInput & { files: AppendFiles },
): Promise<Appending> {
  const { ctx, upload, storage, files, checked, signal, record } = input;
  const { tus } = upload;
  const file = await openFile(files, await openStorageUpload(ctx, { upload, storage }));
  const { epoch } = files;
  // Before the first byte: whoever finds bytes beyond the offset has to know what they are worth.
  if (tus.state.epoch !== epoch || (tus.state.unverified === true) !== checked)
    await record({ offset: tus.offset, state: { epoch, unverified: checked } });
  failpoint('tus.before-bytes');

  const digest = takeDigest(tus.fileId, tus.offset);
  const sink = file.sink({
    position: tus.offset,
    ...(checked ? {} : { onDurable: (offset: number) => record({ offset }) }),
  });
  let offset = tus.offset;

  return {
    async add(chunk) {
      signal.throwIfAborted();
      offset += chunk.length;
      digest?.update(chunk);
      await sink.add(chunk);
    },
    async commit() {
      try {
        signal.throwIfAborted();
        await sink.end();
        signal.throwIfAborted();
        failpoint('tus.after-bytes');
        const sha256 =
          offset === tus.length && digest !== undefined
            ? { sha256: digest.copy().digest('hex') }
            : {};
        await record({ offset, state: { unverified: false, ...sha256 } });
      } finally {
        await sink.rest();
        await file.close();
      }
      if (digest !== undefined && !isWhole(upload))
        keepDigest(tus.fileId, { hash: digest, offset });
      else dropDigest(tus.fileId);
    },
    async abandon() {
      try {
        await sink.rest();
        if (!signal.aborted) await file.cut(tus.offset);
      } finally {
        await file.close();
      }
    },
  };
}
