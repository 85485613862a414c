import { sql } from 'drizzle-orm';
import { type AnyPgColumn, index, pgTable, text } from 'drizzle-orm/pg-core';
import { createdAt, timestamptz } from '../db/index.ts';

export const KEY_ENVIRONMENTS = ['live', 'test'] as const;
export type KeyEnvironment = (typeof KEY_ENVIRONMENTS)[number];

/** The table of a product's keys; whose they are is the product's to say. */
export function apiKeyTable(owner: {
  /** Its column's name: `project_id`. */
  column: string;
  references: () => AnyPgColumn;
  index: string;
}) {
  return pgTable(
    'api_key',
    {
      id: text('id').primaryKey(),
      ownerId: text(owner.column).notNull().references(owner.references, { onDelete: 'cascade' }),
      /** SHA-256 of the key, hex. The key holds 190 random bits, so a plain hash is enough (OWASP ASVS 6.5.2). */
      hash: text('hash').notNull().unique(),
      last4: text('last4').notNull(),
      name: text('name').notNull().default('Secret key'),
      environment: text('environment', { enum: KEY_ENVIRONMENTS }).notNull().default('live'),
      scopes: text('scopes').array().notNull().default(sql`'{admin}'`),
      /** A user's id; null for what a start or another key made. */
      createdBy: text('created_by'),
      createdAt: createdAt(),
      lastUsedAt: timestamptz('last_used_at'),
      expiresAt: timestamptz('expires_at'),
      /** Such keys open nothing; their rows stay, so that what they did keeps its name. */
      revokedAt: timestamptz('revoked_at'),
      /** The key that took its place; until `expiresAt` both work. */
      rolledTo: text('rolled_to'),
    },
    (table) => [index(owner.index).on(table.ownerId)],
  );
}

export type ApiKeyTable = ReturnType<typeof apiKeyTable>;
export type ApiKeyRow = ApiKeyTable['$inferSelect'];
