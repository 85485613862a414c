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
}

/** Writes down how far an upload is. From then on that is what a client is told. */
export type RecordMark = (mark: Mark) => Promise<void>;

/**
 * Each mark builds on the one before: should somebody else have written one, or have ended the
 * upload, this fails and nothing changes.
 */
export function recordMarks(ctx: SlipwayContext, upload: TusUpload): RecordMark {
  const { tus } = upload;
  return async ({ offset, state }) => {
    const next = { ...tus.state, ...state };
    const open = ctx.db
      .select({ one: sql`1` })
      .from(file)
      .where(and(eq(file.id, tus.fileId), eq(file.status, 'pending')));
    const changed = await ctx.db
      .update(tusUpload)
      .set({ offset, state: next })
      .where(and(eq(tusUpload.fileId, tus.fileId), eq(tusUpload.offset, tus.offset), exists(open)))
      .returning({ fileId: tusUpload.fileId });
    if (changed.length === 0) throw await refusal(ctx, tus.fileId);
    tus.offset = offset;
    tus.state = next;
  };
}

async function refusal(ctx: SlipwayContext, fileId: string) {
  const { row } = await loadUpload(ctx, fileId);
  outcomeOf(row);
  return slipwayError('upload_locked', 'Another request is sending to this upload.', {
    retryAfter: 1,
  });
}
