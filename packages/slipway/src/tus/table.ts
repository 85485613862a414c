import { jsonbOf } from '@repo/foundation/db';
import { bigint, pgTable, text } from 'drizzle-orm/pg-core';
import { file } from '../file/table.ts';

/** What the tus protocol knows of an upload beyond its file. */
export const tusUpload = pgTable('tus_upload', {
  fileId: text('file_id')
    .primaryKey()
    .references(() => file.id, { onDelete: 'cascade' }),
  /** Bytes; null while deferred. */
  length: bigint('length', { mode: 'number' }),
  /** As the client sent it, to be given back. */
  metadata: text('metadata'),
  /** `Upload-Concat` as the client sent it. */
  concat: text('concat'),
  /** What the storage's way of appending has to remember between requests. */
  state: jsonbOf<Record<string, unknown>>('state').notNull(),
});
