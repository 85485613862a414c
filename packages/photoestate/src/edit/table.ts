import { user } from '@repo/foundation/auth';
import { createdAt, jsonbOf } from '@repo/foundation/db';
import { index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';

/**
 * What became of a change that a page sent under a key: written with the change, so that whoever
 * sends it again, because the connection broke, gets the answer and changes nothing.
 */
export const editReceipt = pgTable(
  'edit_receipt',
  {
    userId: text('user_id')
      .notNull()
      .references(() => user.id, { onDelete: 'cascade' }),
    key: text('key').notNull(),
    /** The procedure and the SHA-256 of its input: another change under the same key is a mistake. */
    what: text('what').notNull(),
    answer: jsonbOf<object>('answer'),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.key] }),
    index('edit_receipt_created').on(table.createdAt),
  ],
);
