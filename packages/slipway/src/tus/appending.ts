import type { SlipwayContext } from '../context.ts';
import type { Storage } from '../storage/storage.ts';
import { openFileAppending, recoverFile } from './file-appending.ts';
import { openPartAppending } from './part-appending.ts';
import { type RecordMark, recordMarks } from './record.ts';
import type { TusUpload } from './upload.ts';

/** Bytes on their way to an upload. Ends with `commit` or with `abandon`. */
export interface Appending {
  /** The chunk is used up: its memory may be given back. */
  add(chunk: Buffer): Promise<void>;
  /** All that was added is there for good and written down. */
  commit(): Promise<void>;
  /** What was added since the last mark is as if it had never come. */
  abandon(): Promise<void>;
}

export interface AppendInput {
  ctx: SlipwayContext;
  upload: TusUpload;
  storage: Storage;
  record: RecordMark;
  /** A checksum is still to be compared, so that nothing may count before `commit`. */
  checked: boolean;
  /** Aborts when the upload's lock was lost: from then on nothing may be written. */
  signal: AbortSignal;
}

/**
 * How far an upload really is, whatever happened to those who sent to it before; for the holder of
 * its lock. Afterwards `upload.tus.offset` says so, and nothing lies beyond it.
 */
export async function recoverOffset(ctx: SlipwayContext, upload: TusUpload): Promise<void> {
  const storage = await ctx.storages.of(upload.row.storageId);
  if (storage.appendFiles === null) return;
  await recoverFile({ upload, files: storage.appendFiles, record: recordMarks(ctx, upload) });
}

/** Begins to append at the upload's offset. */
export async function openAppending(
  input: Pick<AppendInput, 'ctx' | 'upload' | 'checked' | 'signal'>,
): Promise<Appending> {
  const { ctx, upload } = input;
  const storage = await ctx.storages.of(upload.row.storageId);
  const all = { ...input, storage, record: recordMarks(ctx, upload) };
  if (storage.appendFiles === null) return openPartAppending(all);
  return openFileAppending({ ...all, files: storage.appendFiles });
}
