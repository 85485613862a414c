import { index, pgTable, text } from 'drizzle-orm/pg-core';
import { createdAt, jsonbOf } from '../db/columns.ts';

/** Who changed what, and when. Rows are only ever added, and forgotten when they are old. */
export const auditEntry = pgTable(
  'audit_entry',
  {
    id: text('id').primaryKey(),
    organizationId: text('organization_id'),
    actorType: text('actor_type').notNull(),
    actorId: text('actor_id'),
    action: text('action').notNull(),
    entityType: text('entity_type').notNull(),
    entityId: text('entity_id').notNull(),
    data: jsonbOf<Record<string, unknown>>('data').notNull().default({}),
    ip: text('ip'),
    requestId: text('request_id').notNull(),
    createdAt: createdAt(),
  },
  (table) => [index('audit_entry_organization_created').on(table.organizationId, table.createdAt)],
);
