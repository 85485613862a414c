import { actorId, type BaseContext } from '../context/index.ts';
import type { Tx } from '../db/index.ts';
import { newId } from '../ids/index.ts';
import { auditEntry } from './table.ts';

export { auditEntry } from './table.ts';

export interface AuditInput {
  organizationId: string | null;
  /** `entity.verb`, for example `project.created`. */
  action: `${string}.${string}`;
  entityId: string;
  /** What changed. Never secrets. */
  data?: Record<string, unknown>;
}

/** Adds the entry inside the change's own transaction: no change without its entry. */
export async function recordAudit(tx: Tx, ctx: BaseContext, input: AuditInput): Promise<void> {
  const [entityType = 'unknown'] = input.action.split('.');
  await tx.insert(auditEntry).values({
    id: newId('aud'),
    organizationId: input.organizationId,
    actorType: ctx.actor.type,
    actorId: actorId(ctx.actor),
    action: input.action,
    entityType,
    entityId: input.entityId,
    data: input.data ?? {},
    ip: ctx.ip,
    requestId: ctx.requestId,
    createdAt: ctx.now(),
  });
}
