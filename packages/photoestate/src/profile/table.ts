import { user } from '@repo/foundation/auth';
import { timestamptz } from '@repo/foundation/db';
import { pgTable, text } from 'drizzle-orm/pg-core';

/** What a person shows of themselves to those they work with. */
export const profile = pgTable('profile', {
  userId: text('user_id')
    .primaryKey()
    .references(() => user.id, { onDelete: 'cascade' }),
  pictureFileId: text('picture_file_id'),
  updatedAt: timestamptz('updated_at').notNull().defaultNow(),
});
