import { user } from '@repo/foundation/auth';
import { bytea, createdAt } from '@repo/foundation/db';
import { index, pgTable, text } from 'drizzle-orm/pg-core';

/**
 * Pictures of people, small as they are shown. They are kept here and in no storage: that is for what projects
 * upload, is counted and reconciled for them, and may be away while somebody looks at the members.
 */
export const profilePicture = pgTable(
  'profile_picture',
  {
    id: text('id').primaryKey(),
    userId: text('user_id')
      .notNull()
      .references(() => user.id, { onDelete: 'cascade' }),
    /** A WebP of our own making. */
    bytes: bytea('bytes').notNull(),
    createdAt: createdAt(),
  },
  (table) => [index('profile_picture_user').on(table.userId)],
);
