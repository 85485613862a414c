import { index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { user } from '../auth/table.ts';
import { createdAt } from '../db/columns.ts';

/** The tenant: everything that is owned belongs to one. */
export const organization = pgTable('organization', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  createdAt: createdAt(),
});

/** What a role may do is each product's to say. */
export const MEMBER_ROLES = ['owner', 'admin', 'developer', 'viewer'] as const;

export const member = pgTable(
  'member',
  {
    organizationId: text('organization_id')
      .notNull()
      .references(() => organization.id, { onDelete: 'cascade' }),
    userId: text('user_id')
      .notNull()
      .references(() => user.id, { onDelete: 'cascade' }),
    role: text('role', { enum: MEMBER_ROLES }).notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.userId] }),
    index('member_user').on(table.userId),
  ],
);

export type MemberRole = (typeof MEMBER_ROLES)[number];
