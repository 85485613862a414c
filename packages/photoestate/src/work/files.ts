import { createWriteStream, openAsBlob } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as WebStream } from 'node:stream/web';
import { type FileMetadata, SlipwayError } from 'slipway/server';
import type { Context } from '../context.ts';
import { WorkError } from './work-error.ts';

/** Brings an original to disk, piece by piece: its size never shows in memory. */
export async function downloadFile(
  ctx: Context,
  source: { fileId: string; name: string },
  target: { path: string; signal: AbortSignal },
): Promise<void> {
  const { signal } = target;
  try {
    const response = await ctx.slipway.files.download(source.fileId, { signal });
    if (response.body === null) throw new Error('the download has no body');
    const body = Readable.fromWeb(response.body as WebStream<Uint8Array>);
    await pipeline(body, createWriteStream(target.path), { signal });
  } catch (error) {
    signal.throwIfAborted();
    if (isMissing(error)) {
      throw new WorkError(
        'original_missing',
        `The original of “${source.name}” is not in storage any more. Upload it again.`,
        { cause: error },
      );
    }
    throw unavailable(error);
  }
}

export interface NewFile {
  path: string;
  name: string;
  type: string;
  sha256: string;
  metadata: FileMetadata;
}

/** Stores a file that was made here. Returns its id once it is `ready`. */
export async function uploadFile(
  ctx: Context,
  file: NewFile,
  signal: AbortSignal,
): Promise<string> {
  const { path, name, type, sha256, metadata } = file;
  try {
    const blob = await openAsBlob(path, { type });
    const stored = await ctx.slipway.upload(blob, { name, type, sha256, metadata, signal });
    return stored.id;
  } catch (error) {
    signal.throwIfAborted();
    throw unavailable(error);
  }
}

/** Removes files; one that is gone already is as good. */
export async function deleteFiles(
  ctx: Context,
  fileIds: readonly (string | null)[],
): Promise<void> {
  for (const id of fileIds) {
    if (id === null) continue;
    try {
      await ctx.slipway.files.delete(id, { permanent: true });
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
  }
}

/** Asked of Slipway itself, not of a list that may be minutes old. */
export async function isStored(ctx: Context, fileId: string): Promise<boolean> {
  try {
    return (await ctx.slipway.files.get(fileId)).status === 'ready';
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/** For files that nothing points to: failing to remove them must not hide why they are not needed. */
export async function discardFiles(ctx: Context, fileIds: readonly string[]): Promise<void> {
  try {
    await deleteFiles(ctx, fileIds);
  } catch (error) {
    ctx.log.warn({ err: error, fileIds }, 'files that nobody needs could not be removed');
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof SlipwayError && (error.status === 404 || error.status === 410);
}

function unavailable(cause: unknown): WorkError {
  const reason = 'The photo storage could not be reached. Nothing is lost; try again in a minute.';
  return new WorkError('storage_unavailable', reason, { cause });
}
