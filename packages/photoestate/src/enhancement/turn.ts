import type { JobRun } from '@repo/foundation/jobs';
import { sql } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { type Claim, comeBackLater, DEAD_MS, tryToClaim } from './claim.ts';
import { workOnClaim } from './work.ts';

/** Others may take what was chosen here; after so many times somebody else does the work. */
const MOST_TRIES = 20;

/** A run whose heart was not heard for so long is probably dead. Hearts beat every second. */
const SILENT_MS = 5_000;

/**
 * Handler of `scene.enhance`. The job says that a photo waits, not which one is next: that is decided when a worker
 * is free, so that a shoot of hundreds keeps nobody waiting.
 */
export async function workInTurn(
  ctx: Context,
  { enhancementId }: { enhancementId: string },
  run: JobRun,
): Promise<void> {
  const claim = await claimNext(ctx, enhancementId);
  if (claim !== null) await workOnClaim(ctx, claim, run);
}

/**
 * The photo whose turn it is: organizations take turns, within one its listings do, and within a listing what was
 * asked for by itself comes before what was asked for with others. Null when none waits.
 */
export async function claimNext(ctx: Context, enhancementId: string): Promise<Claim | null> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const next = await nextInTurn(ctx);
    if (next === null) break;
    const claim = await tryToClaim(ctx, next);
    if (claim === null) continue;
    // This job was to take up its own photo, whose run may have been killed; it took another one instead.
    if (next !== enhancementId) await comeBackLater(ctx, enhancementId, { silentFor: SILENT_MS });
    return claim;
  }
  await comeBackLater(ctx, enhancementId);
  return null;
}

async function nextInTurn(ctx: Context): Promise<string | null> {
  const now = ctx.now();
  const dead = new Date(now.getTime() - DEAD_MS);
  const { rows } = await ctx.db.execute<{ id: string }>(sql`
    with waiting as (
      select e.id, e.listing_id, e.created_at, row_number() over (
        partition by e.listing_id order by e.batch_id is not null, e.created_at, e.id) as n
      from enhancement e
      left join enhance_batch b on b.id = e.batch_id
      where b.paused_at is null and (
        (e.status = 'queued' and coalesce(e.wait_until <= ${now.toISOString()}::timestamptz, true))
        or (e.status = 'running' and e.heartbeat_at < ${dead.toISOString()}::timestamptz))
    )
    select w.id from waiting w
    join listing l on l.id = w.listing_id
    left join enhance_turn own on own.listing_id = w.listing_id
    where w.n = 1 and l.deleted_at is null
    order by (
      select max(t.served_at) from enhance_turn t where t.organization_id = l.organization_id
    ) nulls first, own.served_at nulls first, w.created_at, w.id
    limit 1`);
  return rows[0]?.id ?? null;
}
