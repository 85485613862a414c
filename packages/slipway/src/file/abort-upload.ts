import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { eraseFileJob } from './jobs.ts';
import { transition } from './transition.ts';
import { openUploadSession } from './upload-session.ts';

/** The client gives an upload up; its parts are erased. Once the bytes are being looked at it is too late. */
export async function abortUpload(
  ctx: SlipwayContext,
  call: { fileId: string; query: URLSearchParams },
): Promise<void> {
  const { row, project } = await openUploadSession(ctx, call);
  if (row.status === 'verifying' || row.status === 'ready') {
    throw slipwayError('upload_closed', `This upload is ${row.status} and cannot be aborted.`, {
      details: { status: row.status },
    });
  }
  await ctx.db.transaction(async (tx) => {
    const reason = { code: 'cancelled' };
    const changed = await transition(tx, ctx, { fileId: row.id, project, to: 'deleted', reason });
    if (changed !== undefined)
      await ctx.queue.enqueue(tx, eraseFileJob, { payload: { fileId: row.id } });
  });
}
