import type { Tx } from '@repo/foundation/db';
import { newId } from '@repo/foundation/ids';
import { sql } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { fanOut } from '../webhook/fan-out.ts';
import { isOfTestFile } from '../webhook/payload.ts';
import { webhookEndpoint } from '../webhook/table.ts';
import { type EventType, event } from './table.ts';

/**
 * Adds to the outbox inside the change's own transaction: no change without its event, and no event
 * without a delivery for each endpoint that asked for its type.
 */
export async function recordEvent(
  tx: Tx,
  ctx: Pick<SlipwayContext, 'queue'>,
  input: {
    projectId: string;
    type: EventType;
    entityId: string;
    data: Record<string, unknown>;
    at: Date;
  },
): Promise<void> {
  const { at, ...values } = input;
  const { type, entityId } = values;
  const id = newId('evt');
  const asked = sql<string[] | null>`(
    select array_agg(w.id) from ${webhookEndpoint} w
    where w.project_id = ${values.projectId} and w.disabled_reason is null
      and (w.event_types is null or ${type}::text = any (w.event_types))
      and not (w.live_only and ${isOfTestFile(values.data)}::boolean))`;
  const [written] = await tx
    .insert(event)
    .values({ id, createdAt: at, ...values })
    .returning({ sequence: event.sequence, endpointIds: asked });
  if (written === undefined || written.endpointIds === null) return;
  const { sequence, endpointIds } = written;
  await fanOut(tx, ctx, { event: { id, type, entityId, sequence, at }, endpointIds });
}
