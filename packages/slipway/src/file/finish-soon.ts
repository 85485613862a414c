import { setTimeout as wait } from 'node:timers/promises';
import type { SlipwayContext } from '../context.ts';
import { finish, type Settling } from './settle.ts';
import type { FileRow } from './table.ts';

/** How long a request waits for a file's end before it says `verifying`. */
export const PATIENCE_MS = 8_000;

/**
 * Like `finish`, for whoever cannot wait: a scanner may take its time over a small file, too. Then the
 * row is as it was, and the work goes on; should this process end first, the sweeper does it.
 */
export async function finishSoon(ctx: SlipwayContext, settling: Settling): Promise<FileRow> {
  const work = finish(ctx, settling);
  const patience = new AbortController();
  const end = wait(PATIENCE_MS, undefined, { signal: patience.signal }).catch(() => undefined);
  try {
    const settled = await Promise.race([work, end]);
    if (settled !== undefined) return settled;
  } finally {
    patience.abort();
  }
  work.catch((error: unknown) => {
    ctx.log.error({ err: error, fileId: settling.row.id }, 'an upload could not be settled yet');
  });
  return settling.row;
}
