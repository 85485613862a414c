import type { Db, Tx } from '@repo/foundation/db';
import { sql } from 'drizzle-orm';

/** What one finished photo costs. */
export const SCENE_CREDITS = 1;

/**
 * True when a finished photo of exactly these frames was paid and kept: other looks and settings of it are free,
 * until the originals change. A result that was rejected, and its credit given back, counts for nothing.
 */
export async function isPaid(
  db: Db | Tx,
  { listingId, frames }: { listingId: string; frames: readonly string[] },
): Promise<boolean> {
  const list = JSON.stringify(frames);
  const { rows } = await db.execute(sql`
    select 1 from enhancement e
    join listing l on l.id = e.listing_id
    join credit_entry s on s.organization_id = l.organization_id and s.kind = 'settle'
      and s.reference = e.credit_reference
    where e.listing_id = ${listingId} and e.status = 'done'
      and e.input_photo_ids @> ${list}::jsonb and e.input_photo_ids <@ ${list}::jsonb
      and not exists (
        select 1 from credit_entry r where r.organization_id = s.organization_id
          and r.kind = 'release' and r.reference = s.reference)
    limit 1`);
  return rows.length > 0;
}
