import type { Tx } from '@repo/foundation/db';
import { and, eq, gt, isNull, or } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { listing } from '../listing/table.ts';
import { askForCopies } from './internal.ts';
import { markAgainJob } from './jobs.ts';
import { delivery } from './table.ts';

/** The sender's name is part of the pixels of what is not paid, so a new one means new copies. */
export async function askForNewMarks(tx: Tx, ctx: Context, organizationId: string): Promise<void> {
  await ctx.queue.enqueue(tx, markAgainJob, {
    ...{ payload: { organizationId }, key: organizationId },
  });
}

/** Handler of `delivery.mark_again`, for every open delivery that is not paid, however old. */
export async function markAgain(
  ctx: Context,
  { organizationId }: { organizationId: string },
): Promise<void> {
  const rows = await ctx.db
    .select({ id: delivery.id })
    .from(delivery)
    .innerJoin(listing, eq(listing.id, delivery.listingId))
    .where(
      and(
        eq(delivery.organizationId, organizationId),
        eq(delivery.watermark, true),
        isNull(delivery.paidAt),
        isNull(delivery.revokedAt),
        isNull(listing.deletedAt),
        or(isNull(delivery.expiresAt), gt(delivery.expiresAt, ctx.now())),
      ),
    );
  for (const { id } of rows) await ctx.db.transaction((tx) => askForCopies(tx, ctx, id));
}
