import type { SlipwayContext } from '../context.ts';
import { outcomeOf } from '../file/complete-upload.ts';
import { recoverOffset } from './appending.ts';
import { type Capability, checkTusUrl } from './capability.ts';
import { finishIfWhole } from './finish.ts';
import { lockUpload } from './lock-upload.ts';
import { isFinal, loadUpload, type TusUpload } from './upload.ts';

/** For the request that sends right now to stop and to write down what it has. */
const WAIT_MS = 10_000;

/**
 * How far an upload is. Whoever sends to it is asked to stop: the client asks this before it goes on,
 * after a connection that it gave up, and that may look alive from here.
 */
export async function getTusUpload(ctx: SlipwayContext, call: Capability): Promise<TusUpload> {
  checkTusUrl(ctx, call);
  return findOffset(ctx, call.fileId);
}

/** The same for whoever need not show that it may. */
export async function findOffset(ctx: SlipwayContext, fileId: string): Promise<TusUpload> {
  const known = await loadUpload(ctx, fileId);
  // Nobody but us adds to it, and that is not to be disturbed.
  if (isFinal(known)) {
    outcomeOf(known.row);
    return { ...known, row: await finishIfWhole(ctx, known) };
  }
  const upload = await lockUpload(ctx, { fileId, waitMs: WAIT_MS, ask: true }, async () => {
    const found = await loadUpload(ctx, fileId);
    outcomeOf(found.row);
    if (found.row.status === 'pending') await recoverOffset(ctx, found);
    return found;
  });
  return { ...upload, row: await finishIfWhole(ctx, upload) };
}
