import type { Tx } from '@repo/foundation/db';
import { setPicture as set } from '@repo/foundation/profile';
import type { Context } from '../context.ts';
import { discardFilesJob } from '../work/jobs.ts';

/** Shows this file in Slipway as the signed-in user's picture, or their initials; the one before is removed there. */
export async function setPicture(ctx: Context, fileId: string | null): Promise<void> {
  await ctx.db.transaction((tx) => setPictureIn(tx, ctx, fileId));
}

/** The same, with what else is changed. */
export function setPictureIn(tx: Tx, ctx: Context, fileId: string | null): Promise<void> {
  return set(tx, ctx, {
    fileId,
    discard: (within, before) =>
      ctx.queue.enqueue(within, discardFilesJob, { payload: { fileIds: [before] } }),
  });
}
