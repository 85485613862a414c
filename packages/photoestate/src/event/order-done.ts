import type { Tx } from '@repo/foundation/db';
import { count, eq } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { enhancement } from '../enhancement/table.ts';
import { listing } from '../listing/table.ts';
import { recordEvent } from './record.ts';

/** Tells that the last scene of a batch has ended. */
export async function tellOrderDone(
  tx: Tx,
  ctx: Context,
  { batchId, listingId }: { batchId: string; listingId: string },
): Promise<void> {
  const [home] = await tx
    .select({ organizationId: listing.organizationId, address: listing.address })
    .from(listing)
    .where(eq(listing.id, listingId));
  if (home === undefined) return;
  const rows = await tx
    .select({ status: enhancement.status, scenes: count() })
    .from(enhancement)
    .where(eq(enhancement.batchId, batchId))
    .groupBy(enhancement.status);
  const scenes = (status: string) => rows.find((row) => row.status === status)?.scenes ?? 0;
  await recordEvent(tx, ctx, {
    organizationId: home.organizationId,
    type: 'order.done',
    entityId: listingId,
    data: {
      order: {
        id: batchId,
        listingId,
        address: home.address,
        done: scenes('done'),
        failed: scenes('failed'),
        cancelled: scenes('cancelled'),
      },
    },
  });
}
