import { index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { user } from '../auth/table.ts';
import { createdAt } from '../db/columns.ts';

/** The tenant: everything that is owned belongs to one. */
export const organization = pgTable('organization', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  createdAt: createdAt(),
});

export const member = pgTable(
  'member',
  {
    organizationId: text('organization_id')
      .notNull()
      .references(() => organization.id, { onDelete: 'cascade' }),
    userId: text('user_id')
      .notNull()
      .references(() => user.id, { onDelete: 'cascade' }),
    /** Which there are, and what each may do, is the product's to say. */
    role: text('role').notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.userId] }),
    index('member_user').on(table.userId),
  ],
);
