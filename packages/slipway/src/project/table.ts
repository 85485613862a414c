import { createdAt, jsonbOf, timestamptz } from '@repo/foundation/db';
import { organization } from '@repo/foundation/organization';
import { customType, index, pgTable, text } from 'drizzle-orm/pg-core';
import type { ProjectLimits } from '../rate-limit/project-limits.ts';
import { DEFAULT_RULES, type ProjectRules } from './schema.ts';

/** Rules that came later than a project are for it what they are for a new one. */
const rules = customType<{ data: ProjectRules; driverData: unknown }>({
  dataType: () => 'jsonb',
  toDriver: (value) => JSON.stringify(value),
  fromDriver: (value) => ({ ...DEFAULT_RULES, ...(value as Partial<ProjectRules>) }),
});

export const project = pgTable(
  'project',
  {
    id: text('id').primaryKey(),
    organizationId: text('organization_id')
      .notNull()
      .references(() => organization.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    rules: rules('rules').notNull(),
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

/** Projects that are no more, by their ids alone: what lies in a bucket below one of them was ours. */
export const formerProject = pgTable('former_project', {
  id: text('id').primaryKey(),
  erasedAt: timestamptz('erased_at').notNull(),
});

export type Project = typeof project.$inferSelect;
