import type { Tx } from '@repo/foundation/db';
import * as webhooks from '@repo/foundation/webhook';
import type { SlipwayContext } from '../context.ts';
import { OUTBOX } from './outbox.ts';
import type { EventType } from './table.ts';

/**
 * Adds to the outbox inside the change's own transaction: no change without its event, and no event
 * without a delivery for each endpoint that asked for its type.
 */
export function recordEvent(
  tx: Tx,
  ctx: Pick<SlipwayContext, 'queue'>,
  {
    projectId: ownerId,
    ...what
  }: Omit<webhooks.Happened, 'ownerId' | 'type'> & {
    projectId: string;
    type: EventType;
  },
): Promise<void> {
  return webhooks.recordEvent(tx, { home: OUTBOX, ctx }, { ...what, ownerId });
}
