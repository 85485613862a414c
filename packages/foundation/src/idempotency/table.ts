import { type AnyPgColumn, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { createdAt, jsonbOf, timestamptz } from '../db/index.ts';

/** What a POST with an `Idempotency-Key` was answered, or who is about to answer it. */
export function idempotencyTable(owner: {
  /** Its column's name: `project_id`. */
  column: string;
  references: () => AnyPgColumn;
}) {
  return pgTable(
    'idempotency_key',
    {
      ownerId: text(owner.column).notNull().references(owner.references, { onDelete: 'cascade' }),
      key: text('key').notNull(),
      /** SHA-256 over method, path and body. */
      fingerprint: text('fingerprint').notNull(),
      /** Who is at it. */
      holder: text('holder').notNull(),
      /** From then on the holder is taken for dead, and the next call begins anew. */
      leaseUntil: timestamptz('lease_until').notNull(),
      /** Of the answer, once there is one. */
      status: integer('status'),
      headers: jsonbOf<Record<string, string>>('headers'),
      /** Sealed: it may hold a secret that is shown once. */
      body: text('body'),
      createdAt: createdAt(),
    },
    (table) => [
      primaryKey({ columns: [table.ownerId, table.key] }),
      index('idempotency_key_created').on(table.createdAt),
    ],
  );
}

export type IdempotencyTable = ReturnType<typeof idempotencyTable>;
