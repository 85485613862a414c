import { sql } from 'drizzle-orm';
import type { Tx } from '../db/index.ts';
import { newId } from '../ids/index.ts';
import { fanOut, type Outbox } from './fan-out.ts';

export interface Happened {
  ownerId: string;
  type: string;
  entityId: string;
  data: Record<string, unknown>;
  at: Date;
}

/**
 * Adds to the outbox inside the change's own transaction: no change without its event, and no event
 * without a delivery for each endpoint that asked for its type.
 */
export async function recordEvent(tx: Tx, outbox: Outbox, input: Happened): Promise<void> {
  const { at, ...values } = input;
  const { type, entityId } = values;
  const { tables, tests } = outbox.home;
  const { event, endpoint } = tables;
  const isTest = tests?.isOf(values.data) ?? false;
  const id = newId('evt');
  const asked = sql<string[] | null>`(
    select array_agg(w.id) from ${endpoint} w
    where w.${sql.identifier(endpoint.ownerId.name)} = ${values.ownerId} and w.disabled_reason is null
      and (w.event_types is null or ${type}::text = any (w.event_types))
      and not (w.live_only and ${isTest}::boolean))`;
  const [written] = await tx
    .insert(event)
    .values({ id, createdAt: at, ...values })
    .returning({ sequence: event.sequence, endpointIds: asked });
  if (written === undefined || written.endpointIds === null) return;
  const { sequence, endpointIds } = written;
  await fanOut(tx, outbox, { event: { id, type, entityId, sequence, at }, endpointIds });
}
