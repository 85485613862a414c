import type { Tx } from '@repo/foundation/db';
import { eq } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { announceDeliveryJob } from './jobs.ts';
import { type DeliveryRow, delivery } from './table.ts';

/** Has the recipients told, once about each time that it is asked for. */
export async function announce(
  tx: Tx,
  ctx: Context,
  { id, linkNumber }: Pick<DeliveryRow, 'id' | 'linkNumber'>,
): Promise<void> {
  const announcedAt = ctx.now();
  await tx.update(delivery).set({ announcedAt }).where(eq(delivery.id, id));
  await ctx.queue.enqueue(tx, announceDeliveryJob, {
    payload: { deliveryId: id, linkNumber, number: announcedAt.getTime() },
  });
}
