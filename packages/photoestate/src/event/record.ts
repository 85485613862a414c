import type { Tx } from '@repo/foundation/db';
import * as webhooks from '@repo/foundation/webhook';
import type { Context } from '../context.ts';
import { OUTBOX } from './outbox.ts';
import type { EventType } from './table.ts';

interface Happened {
  organizationId: string;
  type: EventType;
  /** Those of one entity are told one after another, in their order. */
  entityId: string;
  data: Record<string, unknown>;
}

/** Adds to the outbox inside the change's own transaction: no change without its event. */
export function recordEvent(
  tx: Tx,
  ctx: Pick<Context, 'queue' | 'now'>,
  { organizationId: ownerId, ...what }: Happened,
): Promise<void> {
  return webhooks.recordEvent(tx, { home: OUTBOX, ctx }, { ...what, ownerId, at: ctx.now() });
}
