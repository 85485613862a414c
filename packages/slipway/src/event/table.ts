import { createdAt, jsonbOf } from '@repo/foundation/db';
import { bigint, index, pgTable, text } from 'drizzle-orm/pg-core';

export const EVENT_TYPES = [
  'file.ready',
  'file.rejected',
  'file.failed',
  'file.expired',
  'file.deleted',
  'file.replaced',
  'file.restored',
  'file.updated',
  'endpoint.disabled',
  'webhook.test',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/**
 * The outbox: what happened, written in the transaction in which it happened. No foreign keys: an
 * event outlives what it tells of.
 */
export const event = pgTable(
  'event',
  {
    id: text('id').primaryKey(),
    /** In the order of writing, which is not quite that of committing. */
    sequence: bigint('sequence', { mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
    projectId: text('project_id').notNull(),
    type: text('type', { enum: EVENT_TYPES }).notNull(),
    entityId: text('entity_id').notNull(),
    /** What the receiver is told. */
    data: jsonbOf<Record<string, unknown>>('data').notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    index('event_project_sequence').on(table.projectId, table.sequence),
    index('event_entity').on(table.entityId),
    // Old ones are forgotten; the table is written in this order, so that so small an index will do.
    index('event_created').using('brin', table.createdAt),
  ],
);
