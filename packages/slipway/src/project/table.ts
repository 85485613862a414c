import { createdAt, jsonbOf, timestamptz } from '@repo/foundation/db';
import { organization } from '@repo/foundation/organization';
import { index, pgTable, text } from 'drizzle-orm/pg-core';
import type { ProjectLimits } from '../rate-limit/rate.ts';
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
    /** Where new files go: a `storage_connection`; null for the storage of the configuration. */
    storageId: text('storage_id'),
    /** Rate limits of its own, set by an admin of the installation, in place of its plan's. */
    limits: jsonbOf<ProjectLimits>('limits'),
    createdAt: createdAt(),
    /** Set at once; the objects are erased by a job and the row goes last. */
    deletedAt: timestamptz('deleted_at'),
  },
  (table) => [index('project_organization').on(table.organizationId, table.createdAt)],
);

export type Project = typeof project.$inferSelect;
