import type { Tx } from '@repo/foundation/db';
import { sql } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { tellOrderDone } from '../event/order-done.ts';
import { publishListingEvent } from '../live/publish.ts';

/**
 * To be called where versions begin or end: a batch has ended when its last scene has. Then it is paused no longer,
 * so that what is tried again of it begins.
 */
export async function settleBatches(
  tx: Tx,
  ctx: Context,
  versions: readonly { batchId: string | null }[],
): Promise<void> {
  const ids = new Set(versions.flatMap(({ batchId }) => batchId ?? []));
  for (const id of ids) await settleBatch(tx, ctx, id);
}

async function settleBatch(tx: Tx, ctx: Context, batchId: string): Promise<void> {
  const { rows } = await tx.execute<{ listing_id: string; has_ended: boolean }>(sql`
    with before as (
      select id, ended_at, exists (
        select 1 from enhancement e
        where e.batch_id = b.id and e.status in ('queued', 'running')
      ) as goes_on
      from enhance_batch b where id = ${batchId} for update
    )
    update enhance_batch b set
      ended_at = case when goes_on then null
        else coalesce(b.ended_at, ${ctx.now().toISOString()}::timestamptz) end,
      paused_at = case when goes_on and before.ended_at is null then b.paused_at end
    from before where b.id = before.id
    returning b.listing_id, before.ended_at is null and b.ended_at is not null as has_ended`);
  const [batch] = rows;
  if (batch === undefined) return;
  const { listing_id: listingId, has_ended: hasEnded } = batch;
  await publishListingEvent(tx, ctx, { type: 'batch', listingId });
  if (hasEnded) await tellOrderDone(tx, ctx, { batchId, listingId });
}
