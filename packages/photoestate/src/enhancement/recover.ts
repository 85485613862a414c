import { and, eq, lt } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { discardFiles } from '../work/files.ts';
import { recordFailure, releaseWork } from './settle.ts';
import { type EnhancementRow, enhancement } from './table.ts';

/** The queue itself takes a killed worker's job up within a minute; after this nobody will. */
const SILENT_MS = 3 * 60_000;
const MAX_ATTEMPTS = 10;

/** Handler of `enhancement.recover`: rows that say `running` while no heart beats. */
export async function recoverEnhancements(ctx: Context): Promise<void> {
  const silentSince = new Date(ctx.now().getTime() - SILENT_MS);
  const rows = await ctx.db
    .select()
    .from(enhancement)
    .where(and(eq(enhancement.status, 'running'), lt(enhancement.heartbeatAt, silentSince)));
  for (const row of rows) {
    const claim = { row, token: row.runToken ?? '' };
    if (row.attempt < MAX_ATTEMPTS) {
      await releaseWork(ctx, claim, { step: 'Waiting for a worker', newJob: true });
      await discardLook(ctx, row);
      continue;
    }
    const reason = 'This photo stopped its worker again and again. Try fewer or smaller exposures.';
    await recordFailure(ctx, claim, { code: 'gave_up', reason });
    await discardLook(ctx, row);
  }
}

/** What the dead run cannot remove any more. */
async function discardLook(ctx: Context, { firstLook }: EnhancementRow): Promise<void> {
  if (firstLook !== null) await discardFiles(ctx, [firstLook.fileId]);
}
