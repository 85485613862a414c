import { createdAt } from '@repo/foundation/db';
import { pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { project } from '../project/table.ts';

/** Search, filters and order of the list of files under a name: one person's, in one project. */
export const savedView = pgTable(
  'saved_view',
  {
    id: text('id').primaryKey(),
    projectId: text('project_id')
      .notNull()
      .references(() => project.id, { onDelete: 'cascade' }),
    userId: text('user_id').notNull(),
    name: text('name').notNull(),
    /** As in the page's address, without the question mark. */
    query: text('query').notNull(),
    createdAt: createdAt(),
  },
  (table) => [uniqueIndex('saved_view_name').on(table.projectId, table.userId, table.name)],
);
