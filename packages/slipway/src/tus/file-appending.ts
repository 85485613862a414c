import { failpoint } from '@repo/foundation/failpoint';
import { randomToken } from '@repo/foundation/ids';
import { slipwayError } from '../errors.ts';
import type { AppendFile, AppendFiles } from '../storage/storage.ts';
import { storageUnavailable } from '../storage/unavailable.ts';
import type { AppendInput, Appending } from './appending.ts';
import { fileName } from './file-name.ts';
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

/** Finds out how far the file is. Writes nothing to it: others may have it by now. */
export async function recoverFile(input: {
  upload: TusUpload;
  files: AppendFiles;
  record: RecordMark;
}): Promise<void> {
  const { upload, files, record } = input;
  const { tus } = upload;
  const { key, uploadId } = upload.row;
  if (uploadId === null) return;
  const ref = { key, uploadId, name: fileName(tus.state) };
  const size = await files.durableSize(ref, tus.offset).catch((error: unknown) => {
    throw storageUnavailable(error);
  });
  if (size === null) throw uploadLost();
  const offset = believableOffset(upload, { size, epoch: files.epoch });
  if (offset !== tus.offset) await record({ offset });
}

const uploadLost = () =>
  slipwayError('storage_unavailable', 'The storage does not have this upload any more.');

interface FileInput extends AppendInput {
  files: AppendFiles;
}

/**
 * Makes the file this request's own, and opens it. Where the last one did not write down that it closed
 * it, that one may still write: a process that lost its lock learns of it seconds later. So this one
 * goes on in a copy, and the other can reach neither that nor, because of the new writer, the row.
 */
async function takeFile({ ctx, upload, storage, ...input }: FileInput): Promise<AppendFile> {
  const { files, record, checked } = input;
  const { tus } = upload;
  const ref = await openStorageUpload(ctx, { upload, storage });
  const writer = randomToken(8);
  const last = { ...ref, name: fileName(tus.state) };
  const own = { ...ref, name: tus.state.open === true ? `bytes.${writer}` : last.name };
  if (own.name !== last.name && tus.offset > 0)
    await files.fork(last, { to: own.name, bytes: tus.offset });
  // Before the first byte: whoever finds bytes beyond the offset has to know what they are worth.
  const state = { epoch: files.epoch, unverified: checked, file: own.name, writer, open: true };
  await record({ offset: tus.offset, state });
  if (own.name !== last.name) await files.remove(last);
  failpoint('tus.before-bytes');
  const file = await files.open(own);
  if (file === null) throw uploadLost();
  try {
    if (file.size < tus.offset) throw uploadLost();
    if (file.size > tus.offset) await file.cut(tus.offset);
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** Appends to the one file that becomes the object. Expects that `recoverFile` ran under the same lock. */
export async function openFileAppending(input: FileInput): Promise<Appending> {
  const { upload, checked, signal, record } = input;
  const { tus } = upload;
  const digest = takeDigest(tus.fileId, { offset: tus.offset, writer: tus.state.writer });
  const file = await takeFile(input).catch((error: unknown) => {
    throw storageUnavailable(error);
  });
  const { writer } = tus.state;
  const sink = file.sink({
    position: tus.offset,
    ...(checked ? {} : { onDurable: (offset: number) => record({ offset }) }),
  });
  let offset = tus.offset;

  /** Nobody has it open from here on, and the next one may go on in it. */
  async function leave(): Promise<void> {
    await sink.rest();
    if (signal.aborted) return file.close();
    try {
      await file.cut(tus.offset);
    } finally {
      await file.close();
    }
    await record({ offset: tus.offset, state: { open: false } });
  }

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
      } catch (error) {
        await leave().catch(() => undefined);
        throw error;
      }
      await file.close();
      signal.throwIfAborted();
      failpoint('tus.after-bytes');
      const isLast = offset === tus.length && digest !== undefined;
      const sha256 = isLast ? { sha256: digest.copy().digest('hex') } : {};
      await record({ offset, state: { unverified: false, open: false, ...sha256 } });
      if (digest !== undefined && !isWhole(upload))
        keepDigest(tus.fileId, { hash: digest, offset, writer });
      else dropDigest(tus.fileId);
    },
    abandon: leave,
  };
}
