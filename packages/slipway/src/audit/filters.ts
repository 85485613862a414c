import { auditEntry } from '@repo/foundation/audit';
import { user } from '@repo/foundation/auth';
import { requireOrganization } from '@repo/foundation/organization';
import { and, asc, eq } from 'drizzle-orm';
import { apiKey } from '../api-key/table.ts';
import type { SlipwayContext } from '../context.ts';

export interface AuditFilters {
  actors: { id: string; type: string; name: string }[];
  actions: string[];
}

/** Who changed anything here, and what was ever done: what a log may be narrowed to. */
export async function auditFilters(
  ctx: SlipwayContext,
  organizationId: string,
): Promise<AuditFilters> {
  await requireOrganization(ctx, organizationId, 'audit.read');
  const mine = eq(auditEntry.organizationId, organizationId);
  const [actors, actions] = await Promise.all([
    ctx.db
      .selectDistinct({
        id: auditEntry.actorId,
        type: auditEntry.actorType,
        userName: user.name,
        keyName: apiKey.name,
      })
      .from(auditEntry)
      .leftJoin(user, and(eq(auditEntry.actorType, 'user'), eq(user.id, auditEntry.actorId)))
      .leftJoin(apiKey, and(eq(auditEntry.actorType, 'api_key'), eq(apiKey.id, auditEntry.actorId)))
      .where(mine)
      .limit(500),
    ctx.db
      .selectDistinct({ action: auditEntry.action })
      .from(auditEntry)
      .where(mine)
      .orderBy(asc(auditEntry.action)),
  ]);
  return {
    actors: actors
      .flatMap(({ id, type, userName, keyName }) =>
        id === null ? [] : [{ id, type, name: userName ?? keyName ?? id }],
      )
      .sort((a, b) => a.name.localeCompare(b.name)),
    actions: actions.map(({ action }) => action),
  };
}
