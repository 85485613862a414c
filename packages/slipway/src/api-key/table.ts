import { createdAt, timestamptz } from '@repo/foundation/db';
import { index, pgTable, text } from 'drizzle-orm/pg-core';
import { project } from '../project/table.ts';

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
    createdAt: createdAt(),
    lastUsedAt: timestamptz('last_used_at'),
  },
  (table) => [index('api_key_project').on(table.projectId)],
);
