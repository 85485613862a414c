import { pgTable, text } from 'drizzle-orm/pg-core';
import { user } from '../auth/table.ts';
import { timestamptz } from '../db/columns.ts';

/** What a person shows of themselves to those they work with. */
export const profile = pgTable('profile', {
  userId: text('user_id')
    .primaryKey()
    .references(() => user.id, { onDelete: 'cascade' }),
  /** Where the bytes are is the product's to say. */
  pictureFileId: text('picture_file_id'),
  updatedAt: timestamptz('updated_at').notNull().defaultNow(),
});
