import { createdAt, timestamptz } from '@repo/foundation/db';
import { sql } from 'drizzle-orm';
import { bigint, index, integer, pgTable, text } from 'drizzle-orm/pg-core';

/**
 * What a project stores, as a ledger: each change is a row of its own, so that uploads of one project
 * never wait for each other. `usage.count` adds them up.
 */
export const usageEntry = pgTable(
  'usage_entry',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    projectId: text('project_id').notNull(),
    fileId: text('file_id').notNull(),
    /** 1 when the file became ready, -1 when it went. */
    files: integer('files').notNull(),
    bytes: bigint('bytes', { mode: 'number' }).notNull(),
    createdAt: createdAt(),
    /** Set when it is in the project's total. */
    countedAt: timestamptz('counted_at'),
  },
  (table) => [
    index('usage_entry_uncounted').on(table.projectId).where(sql`counted_at is null`),
    index('usage_entry_file').on(table.fileId),
  ],
);

/** The sum of the entries that were counted so far. */
export const projectUsage = pgTable('project_usage', {
  projectId: text('project_id').primaryKey(),
  files: bigint('files', { mode: 'number' }).notNull(),
  bytes: bigint('bytes', { mode: 'number' }).notNull(),
});
