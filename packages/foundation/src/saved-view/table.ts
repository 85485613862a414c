import { type AnyPgColumn, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { createdAt } from '../db/columns.ts';

/**
 * Search, filters and order of a list under a name: one person's, in one place, which each product
 * names with the column that it is kept in.
 */
export const savedViewTable = (place: { column: string; of: () => AnyPgColumn }) =>
  pgTable(
    'saved_view',
    {
      id: text('id').primaryKey(),
      placeId: text(place.column).notNull().references(place.of, { onDelete: 'cascade' }),
      userId: text('user_id').notNull(),
      name: text('name').notNull(),
      /** As in the page's address, without the question mark. */
      query: text('query').notNull(),
      createdAt: createdAt(),
    },
    (table) => [uniqueIndex('saved_view_name').on(table.placeId, table.userId, table.name)],
  );

export type SavedViewTable = ReturnType<typeof savedViewTable>;
