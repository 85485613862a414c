import { eq } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { eraseFileJob } from './jobs.ts';
import { file } from './table.ts';
import { transition } from './transition.ts';
import { openUploadSession } from './upload-session.ts';

/** The client gives an upload up; its parts are erased. Once the bytes are being looked at it is too late, and stays so: the file is not the client's to delete. */
export async function abortUpload(
  ctx: SlipwayContext,
  call: { fileId: string; query: URLSearchParams },
): Promise<void> {
  const { row, project } = await openUploadSession(ctx, call);
  await ctx.db.transaction(async (tx) => {
    // Held, or it could be looked at, and ready, before it is given up.
    const [now = row] = await tx.select().from(file).where(eq(file.id, row.id)).for('update');
    const { status } = now;
    if (status === 'verifying' || now.readyAt !== null)
      throw slipwayError('upload_closed', `This upload is ${status} and cannot be aborted.`, {
        details: { status },
      });
    const reason = { code: 'cancelled' };
    const changed = await transition(tx, ctx, { fileId: row.id, project, to: 'deleted', reason });
    if (changed !== undefined)
      await ctx.queue.enqueue(tx, eraseFileJob, { payload: { fileId: row.id } });
  });
}
