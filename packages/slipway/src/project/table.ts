import { createdAt, jsonbOf, timestamptz } from '@repo/foundation/db';
import { organization } from '@repo/foundation/organization';
import { type AnyPgColumn, index, pgTable, text } from 'drizzle-orm/pg-core';
// biome-ignore lint/suspicious/noImportCycles: the two tables refer to each other, by functions that are called later
import { storageConnection } from '../storage-connection/table.ts';
import type { ProjectRules } from './schema.ts';

export const project = pgTable(
  'project',
  {
    id: text('id').primaryKey(),
    organizationId: text('organization_id')
      .notNull()
      .references(() => organization.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    rules: jsonbOf<ProjectRules>('rules').notNull(),
    /** Where new files go; null for the storage of the configuration. */
    storageId: text('storage_id').references((): AnyPgColumn => storageConnection.id),
    createdAt: createdAt(),
    /** Set at once; the objects are erased by a job and the row goes last. */
    deletedAt: timestamptz('deleted_at'),
  },
  (table) => [index('project_organization').on(table.organizationId, table.createdAt)],
);

export type Project = typeof project.$inferSelect;
