import { AppError } from '@repo/foundation/errors';
import { failpoint } from '@repo/foundation/failpoint';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { eraseObject } from '../file/erase.ts';
import { materialize } from '../file/settle.ts';
import { ENDED } from '../file/table.ts';
import { transition } from '../file/transition.ts';
import { takesLong } from '../file/verify-later.ts';
import { openAppending, recoverOffset } from './appending.ts';
import { type CreatedUpload, type CreateTusUpload, createTusUpload } from './create.ts';
import { finishIfWhole } from './finish.ts';
import { concatenateJob } from './jobs.ts';
import { lockUpload } from './lock-upload.ts';
import { pieceChunks } from './piece-chunks.ts';
import { findPieces, pieceIds, releaseRoom, restoreRoom } from './pieces.ts';
import { isFinal, isWhole, loadUpload, type TusUpload } from './upload.ts';

const PIECE_GONE = 'upload_failed';
/** When a job looks whether the request that began it came to its end. */
const LOOK_AFTER_SECONDS = 60;

/**
 * Creates an upload that is made of others, in their order. It is a file like any other: rules, quota
 * and verification are its own. Its pieces are gone afterwards.
 *
 * @throws `bad_request` when a piece is not whole, and what `createTusUpload` throws.
 */
export async function createFinalUpload(
  ctx: SlipwayContext,
  call: Pick<CreateTusUpload, 'projectId' | 'metadata' | 'token'> & {
    header: string;
    addresses: string[];
  },
): Promise<CreatedUpload> {
  const pieces = await findPieces(ctx, call);
  const length = pieces.reduce((sum, { tus }) => sum + (tus.length ?? 0), 0);
  const inline = !takesLong({ size: length });
  const created = await createTusUpload(ctx, {
    ...call,
    length,
    partial: false,
    concat: {
      header: call.header,
      takeOver: (tx) => releaseRoom(tx, pieces),
      onCreated: (tx, fileId) =>
        ctx.queue.enqueue(tx, concatenateJob, {
          payload: { fileId },
          ...(inline ? { delaySeconds: LOOK_AFTER_SECONDS } : {}),
        }),
    },
  });
  if (!inline) return created;
  return { ...created, ...(await concatenate(ctx, { fileId: created.row.id })) };
}

/** Handler of `tus.concatenate`. Goes on where an earlier run ended. */
export async function concatenateUpload(
  ctx: SlipwayContext,
  payload: { fileId: string },
): Promise<void> {
  await concatenate(ctx, payload);
}

async function concatenate(
  ctx: SlipwayContext,
  { fileId }: { fileId: string },
): Promise<TusUpload> {
  const upload = await lockUpload(ctx, { fileId, waitMs: 0 }, async ({ signal }) => {
    const found = await loadUpload(ctx, fileId);
    if (found.row.status === 'pending' && isFinal(found) && !isWhole(found))
      await append(ctx, { upload: found, signal }).catch((error: unknown) =>
        giveUp(ctx, { upload: found, error }),
      );
    return found;
  });
  failpoint('tus.after-concatenation');
  if (isWhole(upload)) await endPieces(ctx, upload);
  // By others, who know of no pieces.
  else if (isEnded(upload)) await ctx.db.transaction((tx) => restoreRoom(tx, upload));
  return { ...upload, row: await finishIfWhole(ctx, upload) };
}

const isEnded = ({ row }: TusUpload) => ENDED.some((status) => status === row.status);

async function append(
  ctx: SlipwayContext,
  { upload, signal }: { upload: TusUpload; signal: AbortSignal },
): Promise<void> {
  await recoverOffset(ctx, upload);
  const done = upload.tus.offset;
  const appending = await openAppending({ ctx, upload, checked: false, signal });
  try {
    let start = 0;
    for (const id of pieceIds(upload)) {
      const { length } = await appendPiece(ctx, { id, skip: Math.max(0, done - start), appending });
      start += length;
    }
  } catch (error) {
    await appending.abandon();
    throw error;
  }
  await appending.commit();
}

async function appendPiece(
  ctx: SlipwayContext,
  input: { id: string; skip: number; appending: Awaited<ReturnType<typeof openAppending>> },
): Promise<{ length: number }> {
  const { id, skip, appending } = input;
  const piece = await loadUpload(ctx, id);
  const length = piece.tus.length ?? 0;
  if (piece.row.status !== 'pending') throw pieceGone(piece);
  if (skip >= length) return { length };
  const storage = await ctx.storages.of(piece.row.storageId);
  await lockUpload(ctx, { fileId: id, waitMs: 10_000 }, () =>
    // What the row reserves was given to the whole upload.
    materialize(ctx, { row: { ...piece.row, size: length }, storage }),
  );
  let bytes = skip;
  for await (const chunk of pieceChunks(ctx, { piece, storage, skip })) {
    bytes += chunk.length;
    await appending.add(chunk);
  }
  if (bytes === length) return { length };
  throw slipwayError('storage_unavailable', 'A piece of this upload could not be read as a whole.');
}

/** Without one of its pieces it can never be whole; everything else may work the next time. */
async function giveUp(
  ctx: SlipwayContext,
  { upload, error }: { upload: TusUpload; error: unknown },
): Promise<never> {
  if (error instanceof AppError && error.code === PIECE_GONE) {
    const { message } = error;
    await ctx.db.transaction(async (tx) => {
      const ended = await transition(tx, ctx, {
        fileId: upload.row.id,
        project: upload.project,
        to: 'failed',
        reason: { code: 'piece_gone', message },
        set: { failure: { code: 'upload_failed', message } },
      });
      if (ended !== undefined) await restoreRoom(tx, upload);
    });
  }
  throw error;
}

function pieceGone({ row }: TusUpload) {
  return slipwayError(PIECE_GONE, `A piece of this upload is ${row.status}.`, {
    details: { fileId: row.id, status: row.status },
  });
}

/** Their bytes are in the whole upload now. Should this not come to its end they expire. */
async function endPieces(ctx: SlipwayContext, upload: TusUpload): Promise<void> {
  for (const fileId of new Set(pieceIds(upload))) {
    try {
      const { project } = upload;
      const reason = { code: 'concatenated' };
      const ended = await ctx.db.transaction((tx) =>
        transition(tx, ctx, { fileId, project, to: 'deleted', reason }),
      );
      if (ended !== undefined) await eraseObject(ctx, ended);
    } catch (error) {
      ctx.log.warn({ err: error, fileId }, 'a piece of an upload is erased later');
    }
  }
}
