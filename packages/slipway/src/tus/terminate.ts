import { failpoint } from '@repo/foundation/failpoint';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { outcomeOf } from '../file/complete-upload.ts';
import { eraseObject } from '../file/erase.ts';
import { eraseFileJob } from '../file/jobs.ts';
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
    const { row, project } = upload;
    outcomeOf(row);
    if (row.status !== 'pending') {
      throw slipwayError(
        'upload_closed',
        `This upload is ${row.status} and cannot be terminated.`,
        {
          details: { status: row.status },
        },
      );
    }
    const changed = await ctx.db.transaction(async (tx) => {
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
