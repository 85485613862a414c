import { failpoint } from '@repo/foundation/failpoint';
import { eq } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { outcomeOf } from '../file/complete-upload.ts';
import { eraseObject } from '../file/erase.ts';
import { eraseFileJob } from '../file/jobs.ts';
import { type FileRow, file } from '../file/table.ts';
import { transition } from '../file/transition.ts';
import { type Capability, checkTusUrl } from './capability.ts';
import { lockUpload } from './lock-upload.ts';
import { restoreRoom } from './pieces.ts';
import { loadUpload } from './upload.ts';
import { dropDigest } from './whole-digest.ts';

const WAIT_MS = 10_000;

/** The client gives an upload up; its bytes are gone with the answer. A file that is whole is not the client's to delete. */
export async function terminateUpload(ctx: SlipwayContext, call: Capability): Promise<void> {
  checkTusUrl(ctx, call);
  const { fileId } = call;
  await lockUpload(ctx, { fileId, waitMs: WAIT_MS, ask: true }, async () => {
    const upload = await loadUpload(ctx, fileId);
    const { project } = upload;
    const changed = await ctx.db.transaction(async (tx) => {
      // Held, or it could be looked at, and ready, before it is given up: not by this lock's holders alone.
      const [row = upload.row] = await tx
        .select()
        .from(file)
        .where(eq(file.id, fileId))
        .for('update');
      requireOpen(row);
      const reason = { code: 'cancelled' };
      const ended = await transition(tx, ctx, { fileId, project, to: 'deleted', reason });
      if (ended === undefined) return undefined;
      await restoreRoom(tx, upload);
      // Should the next lines not be reached.
      await ctx.queue.enqueue(tx, eraseFileJob, { payload: { fileId } });
      return ended;
    });
    failpoint('tus.after-termination');
    dropDigest(fileId);
    if (changed === undefined) return;
    await eraseObject(ctx, changed).catch((error: unknown) => {
      ctx.log.warn({ err: error, fileId }, 'the bytes of a terminated upload are erased later');
    });
  });
}

function requireOpen(row: FileRow): void {
  const { status } = outcomeOf(row);
  if (status === 'pending') return;
  throw slipwayError('upload_closed', `This upload is ${status} and cannot be terminated.`, {
    details: { status },
  });
}
