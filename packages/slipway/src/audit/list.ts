import { auditEntry } from '@repo/foundation/audit';
import { user } from '@repo/foundation/auth';
import { requireOrganization } from '@repo/foundation/organization';
import { and, desc, eq, gte, like, lt, type SQL, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { apiKey } from '../api-key/table.ts';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { isStorableTime } from '../file/list-schema.ts';
import { type AuditChange, changesOf } from './changes.ts';
import { type AuditFilter, ListAudit } from './schema.ts';

export interface AuditView {
  id: string;
  at: Date;
  actor: {
    type: string;
    id: string | null;
    /** Of a person their name, of a key its name, of a job the job's. */
    name: string | null;
    email: string | null;
  };
  action: string;
  entityType: string;
  entityId: string;
  changes: AuditChange[];
  /** What else the entry tells. */
  facts: Record<string, unknown>;
  ip: string | null;
  requestId: string;
}

export interface AuditPage {
  data: AuditView[];
  nextCursor: string | null;
}

/** What was changed in the organization, latest first, a page at a time by keyset. */
export async function listAudit(ctx: SlipwayContext, input: ListAudit): Promise<AuditPage> {
  await requireOrganization(ctx, input.organizationId, 'audit.read');
  const { cursor, limit, ...filter } = ListAudit.parse(input);
  const rows = await ctx.db
    .select({ entry: auditEntry, userName: user.name, email: user.email, keyName: apiKey.name })
    .from(auditEntry)
    .leftJoin(user, and(eq(auditEntry.actorType, 'user'), eq(user.id, auditEntry.actorId)))
    .leftJoin(apiKey, and(eq(auditEntry.actorType, 'api_key'), eq(apiKey.id, auditEntry.actorId)))
    .where(and(...conditions(filter), cursor == null ? undefined : afterCursor(cursor)))
    .orderBy(desc(auditEntry.createdAt), desc(auditEntry.id))
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  const last = page.at(-1)?.entry;
  return {
    data: page.map(({ entry, userName, email, keyName }) => ({
      id: entry.id,
      at: entry.createdAt,
      actor: {
        type: entry.actorType,
        id: entry.actorId,
        name: userName ?? keyName ?? (entry.actorType === 'system' ? entry.actorId : null),
        email,
      },
      action: entry.action,
      entityType: entry.entityType,
      entityId: entry.entityId,
      ...changesOf(entry.data),
      ip: entry.ip,
      requestId: entry.requestId,
    })),
    nextCursor:
      rows.length > limit && last !== undefined
        ? Buffer.from(`${last.createdAt.getTime()}.${last.id}`).toString('base64url')
        : null,
  };
}

function conditions(filter: z.output<typeof AuditFilter>): (SQL | undefined)[] {
  const { organizationId, entryId, actorId, action, from, to } = filter;
  return [
    eq(auditEntry.organizationId, organizationId),
    entryId === undefined ? undefined : eq(auditEntry.id, entryId),
    actorId === undefined ? undefined : eq(auditEntry.actorId, actorId),
    action === undefined ? undefined : ofAction(action),
    from === undefined ? undefined : gte(auditEntry.createdAt, from),
    to === undefined ? undefined : lt(auditEntry.createdAt, to),
  ];
}

const ofAction = (action: string) =>
  action.includes('.')
    ? eq(auditEntry.action, action)
    : like(auditEntry.action, `${action.replaceAll('_', '\\_')}.%`);

function afterCursor(cursor: string): SQL {
  const [, ms, id] =
    /^(\d{1,15})\.(aud_\w+)$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  const time = new Date(Number(ms));
  if (id === undefined || !isStorableTime(time)) {
    throw slipwayError(
      'validation_failed',
      'Expected "cursor" to be the nextCursor of an earlier page.',
    );
  }
  return sql`(${auditEntry.createdAt}, ${auditEntry.id}) < (${time.toISOString()}::timestamptz, ${id})`;
}
