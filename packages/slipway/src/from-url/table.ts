import { pgTable, text } from 'drizzle-orm/pg-core';
import { file } from '../file/table.ts';

/** Where a file that is fetched comes from; gone once it came, since addresses may hold secrets. */
export const fileSource = pgTable('file_source', {
  fileId: text('file_id')
    .primaryKey()
    .references(() => file.id, { onDelete: 'cascade' }),
  url: text('url').notNull(),
  /** What the source called these bytes (a strong ETag, or when they changed), to go on with them only. */
  validator: text('validator'),
});
