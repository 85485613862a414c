import { and, eq, lt, sql } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { discardFiles } from '../work/files.ts';
import { enhanceSceneJob } from './jobs.ts';
import { recordFailure, releaseWork } from './settle.ts';
import { type EnhancementRow, enhancement } from './table.ts';

/** The queue itself takes a killed worker's job up within a minute; after this nobody will. */
const SILENT_MS = 90_000;
const MAX_ATTEMPTS = 10;

/** Handler of `enhancement.recover`: rows that say `running` while no heart beats, and rows that no job is left for. */
export async function recoverEnhancements(ctx: Context): Promise<void> {
  await recoverSilent(ctx);
  await wakeQueue(ctx);
}

/** A worker that is free takes up what waits within seconds: where nothing was begun for so long, nobody knows of it. */
const STILL_MS = 2 * 60_000;
const MOST_WOKEN = 100;

/** Jobs may be lost for good, each after its last attempt, with photos still waiting. */
async function wakeQueue(ctx: Context): Promise<void> {
  const now = ctx.now();
  const since = new Date(now.getTime() - STILL_MS);
  const { rows } = await ctx.db.execute<{ id: string }>(sql`
    select e.id from enhancement e
    left join enhance_batch b on b.id = e.batch_id
    where e.status = 'queued' and b.paused_at is null
      and coalesce(e.wait_until, e.created_at) < ${since.toISOString()}::timestamptz
      and not exists (
        select 1 from enhance_turn where served_at > ${since.toISOString()}::timestamptz)
      and not exists (
        select 1 from enhancement r
        where r.status = 'running' and r.heartbeat_at > ${since.toISOString()}::timestamptz)
    order by e.created_at limit ${MOST_WOKEN}`);
  for (const { id: enhancementId } of rows) {
    await ctx.queue.enqueue(ctx.db, enhanceSceneJob, { payload: { enhancementId } });
  }
}

async function recoverSilent(ctx: Context): Promise<void> {
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
