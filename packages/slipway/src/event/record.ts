import type { Tx } from '@repo/foundation/db';
import { newId } from '@repo/foundation/ids';
import { type EventType, event } from './table.ts';

/** Adds to the outbox inside the change's own transaction: no change without its event. */
export async function recordEvent(
  tx: Tx,
  input: {
    projectId: string;
    type: EventType;
    entityId: string;
    data: Record<string, unknown>;
    at: Date;
  },
): Promise<void> {
  const { at, ...values } = input;
  await tx.insert(event).values({ id: newId('evt'), createdAt: at, ...values });
}
