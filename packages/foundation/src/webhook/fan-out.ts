import type { Tx } from '../db/index.ts';
import { newId } from '../ids/index.ts';
import type { Tests, WebhookContext, WebhookTables } from './home.ts';
import { deliverJob } from './jobs.ts';

/** What an event is written with. */
export interface Outbox {
  home: { tables: WebhookTables; tests: Tests | null };
  ctx: Pick<WebhookContext, 'queue'>;
}

/** Writes an event's deliveries and their jobs in the event's own transaction: all of them, or none. */
export async function fanOut(
  tx: Tx,
  { home, ctx }: Outbox,
  input: {
    event: { id: string; type: string; entityId: string; sequence: number; at: Date };
    endpointIds: readonly string[];
  },
): Promise<string[]> {
  const { event, endpointIds } = input;
  const { delivery } = home.tables;
  if (endpointIds.length === 0) return [];
  const written = await tx
    .insert(delivery)
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
    .returning({ id: delivery.id });
  for (const { id } of written)
    await ctx.queue.enqueue(tx, deliverJob, { payload: { deliveryId: id } });
  return written.map(({ id }) => id);
}
