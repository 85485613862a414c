import { and, desc, eq, gt, isNull, or } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { listing } from '../listing/table.ts';
import { brandingOf } from '../organization/branding.ts';
import { copyStates } from './copy-states.ts';
import { deliveredPhotos } from './delivered.ts';
import { askForCopiesOf } from './internal.ts';
import { delivery } from './table.ts';

const LOOK_BACK_MS = 7 * 24 * 3_600_000;
/** Copies that were asked for just now are on their way. */
const YOUNG_MS = 10 * 60_000;
const MOST = 200;

/** Handler of `delivery.recover`: asks again for copies that nobody makes any more. */
export async function recoverCopies(ctx: Context): Promise<void> {
  const now = ctx.now().getTime();
  const rows = await ctx.db
    .select({ row: delivery })
    .from(delivery)
    .innerJoin(listing, eq(listing.id, delivery.listingId))
    .where(
      and(
        isNull(listing.deletedAt),
        isNull(delivery.revokedAt),
        or(isNull(delivery.expiresAt), gt(delivery.expiresAt, ctx.now())),
        gt(delivery.updatedAt, new Date(now - LOOK_BACK_MS)),
      ),
    )
    .orderBy(desc(delivery.updatedAt))
    .limit(MOST);
  for (const { row } of rows) {
    if (now - row.updatedAt.getTime() < YOUNG_MS) continue;
    const branding = await brandingOf(ctx.db, row.organizationId);
    const delivered = await deliveredPhotos(ctx.db, row.id);
    const states = await copyStates(ctx, { delivery: row, branding }, delivered);
    if (states.every(({ prepared }) => prepared)) continue;
    ctx.log.warn({ deliveryId: row.id }, 'copies of a delivery were missing');
    for (const { photo } of delivered) await askForCopiesOf(ctx.db, ctx, photo);
  }
}
