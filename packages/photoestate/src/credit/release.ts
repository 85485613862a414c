import type { Tx } from '@repo/foundation/db';
import { eq, sql } from 'drizzle-orm';
import { addEntry, type Clock, lockBalance, type Reservation, reservationOf } from './internal.ts';
import { RETURNED_AT_MOST_DAYS, RETURNED_DAYS } from './plans.ts';
import { creditGrant } from './table.ts';

/**
 * Gives back what was reserved for work that came to nothing, or what was spent on a result that was rejected:
 * to the grants that it came from. What a grant gets back after it expired can be used for some days, as long as it is
 * not over for good.
 */
export async function releaseCredits(tx: Tx, ctx: Clock, of: Reservation): Promise<void> {
  await lockBalance(tx, ctx, of.organizationId);
  const { row, settled, released } = await reservationOf(tx, of);
  if (released) return;
  const { organizationId, reference, userId, listingId, sceneId } = row;
  const now = ctx.now();
  await addEntry(tx, {
    ...{ organizationId, reference, userId, listingId, sceneId, createdAt: now },
    kind: 'release',
    credits: row.reserved,
    reserved: settled ? 0 : -row.reserved,
  });
  const at = now.toISOString();
  const isLate = sql`${creditGrant.expiresAt} <= ${at}::timestamptz`;
  const overAt = sql`coalesce(${creditGrant.overAt},
    ${creditGrant.expiresAt} + make_interval(days => ${RETURNED_AT_MOST_DAYS}))`;
  const usableUntil = sql`${at}::timestamptz + make_interval(days => ${RETURNED_DAYS})`;
  for (const { grantId, credits } of row.takenFrom) {
    await tx
      .update(creditGrant)
      .set({
        remaining: sql`${creditGrant.remaining} + ${credits}`,
        expiresAt: sql`case when ${isLate}
          then greatest(${creditGrant.expiresAt}, least(${usableUntil}, ${overAt}))
          else ${creditGrant.expiresAt} end`,
        overAt: sql`case when ${isLate} then ${overAt} else ${creditGrant.overAt} end`,
      })
      .where(eq(creditGrant.id, grantId));
  }
}
