import { createdAt, timestamptz } from '@repo/foundation/db';
import { sql } from 'drizzle-orm';
import { index, pgTable, text } from 'drizzle-orm/pg-core';
import { KEY_SCOPES } from '../permission.ts';
import { project } from '../project/table.ts';

export const KEY_ENVIRONMENTS = ['live', 'test'] as const;
export type KeyEnvironment = (typeof KEY_ENVIRONMENTS)[number];

export const apiKey = pgTable(
  'api_key',
  {
    id: text('id').primaryKey(),
    projectId: text('project_id')
      .notNull()
      .references(() => project.id, { onDelete: 'cascade' }),
    /** SHA-256 of the key, hex. The key holds 190 random bits, so a plain hash is enough (OWASP ASVS 6.5.2). */
    hash: text('hash').notNull().unique(),
    last4: text('last4').notNull(),
    name: text('name').notNull().default('Secret key'),
    environment: text('environment', { enum: KEY_ENVIRONMENTS }).notNull().default('live'),
    scopes: text('scopes', { enum: KEY_SCOPES }).array().notNull().default(sql`'{admin}'`),
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
  (table) => [index('api_key_project').on(table.projectId)],
);

export type ApiKeyRow = typeof apiKey.$inferSelect;
