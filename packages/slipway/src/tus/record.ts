import type { Db, Tx } from '@repo/foundation/db';
import { and, eq, exists, sql } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { outcomeOf } from '../file/complete-upload.ts';
import { file } from '../file/table.ts';
import { type TusState, tusUpload } from './table.ts';
import { loadUpload, type TusUpload } from './upload.ts';

export interface Mark {
  offset: number;
  state?: Partial<TusState>;
  /** SHA-256 (hex) of the whole upload: what lies in the storage is compared with it at the end. */
  sha256?: string;
}

/** Writes down how far an upload is. From then on that is what a client is told. */
export type RecordMark = (mark: Mark) => Promise<void>;

/**
 * Each mark builds on the one before: should somebody else have written one, have opened its file, or
 * have ended the upload, this fails and nothing changes.
 */
export function recordMarks(ctx: SlipwayContext, upload: TusUpload): RecordMark {
  const { tus } = upload;
  const open = (db: Db | Tx) =>
    db
      .select({ one: sql`1` })
      .from(file)
      .where(and(eq(file.id, tus.fileId), eq(file.status, 'pending')));
  return async ({ offset, state, sha256 }) => {
    const next = { ...tus.state, ...state };
    const write = (db: Db | Tx) =>
      db
        .update(tusUpload)
        .set({ offset, state: next })
        .where(
          and(
            eq(tusUpload.fileId, tus.fileId),
            eq(tusUpload.offset, tus.offset),
            sql`${tusUpload.state}->>'writer' is not distinct from ${tus.state.writer ?? null}::text`,
            exists(open(db)),
          ),
        )
        .returning({ fileId: tusUpload.fileId });
    const changed =
      sha256 === undefined
        ? await write(ctx.db)
        : await ctx.db.transaction(async (tx) => {
            const written = await write(tx);
            if (written.length > 0) await declare(tx, { fileId: tus.fileId, sha256 });
            return written;
          });
    if (changed.length === 0) throw await refusal(ctx, tus.fileId);
    tus.offset = offset;
    tus.state = next;
  };
}

/** Unless the client said what it has to be. */
async function declare(
  tx: Tx,
  { fileId, sha256 }: { fileId: string; sha256: string },
): Promise<void> {
  await tx
    .update(file)
    .set({ sha256: sql`coalesce(${file.sha256}, ${sha256})` })
    .where(eq(file.id, fileId));
}

async function refusal(ctx: SlipwayContext, fileId: string) {
  const { row } = await loadUpload(ctx, fileId);
  outcomeOf(row);
  return slipwayError('upload_locked', 'Another request is sending to this upload.', {
    retryAfter: 1,
  });
}
