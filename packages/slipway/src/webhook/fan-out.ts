import type { Tx } from '@repo/foundation/db';
import { newId } from '@repo/foundation/ids';
import type { SlipwayContext } from '../context.ts';
import type { EventType } from '../event/table.ts';
import { deliverJob } from './jobs.ts';
import { webhookDelivery } from './table.ts';

/** Writes an event's deliveries and their jobs in the event's own transaction: all of them, or none. */
export async function fanOut(
  tx: Tx,
  ctx: Pick<SlipwayContext, 'queue'>,
  input: {
    event: { id: string; type: EventType; entityId: string; sequence: number; at: Date };
    endpointIds: readonly string[];
  },
): Promise<string[]> {
  const { event, endpointIds } = input;
  if (endpointIds.length === 0) return [];
  const written = await tx
    .insert(webhookDelivery)
    .values(
      endpointIds.map((endpointId) => ({
        id: newId('whd'),
        endpointId,
        eventId: event.id,
        eventType: event.type,
        entityId: event.entityId,
        sequence: event.sequence,
        state: 'pending' as const,
        nextAttemptAt: event.at,
        createdAt: event.at,
      })),
    )
    .onConflictDoNothing()
    .returning({ id: webhookDelivery.id });
  for (const { id } of written)
    await ctx.queue.enqueue(tx, deliverJob, { payload: { deliveryId: id } });
  return written.map(({ id }) => id);
}
