import { createdAt } from '@repo/foundation/db';
import { sql } from 'drizzle-orm';
import { bigint, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { file } from '../file/table.ts';
import { storageConnection } from '../storage-connection/table.ts';

/** Pictures made from a file, kept in its storage. */
export const derivative = pgTable(
  'derivative',
  {
    fileId: text('file_id')
      .notNull()
      .references(() => file.id, { onDelete: 'cascade' }),
    /** The transformation, written in its one normal form. */
    spec: text('spec').notNull(),
    key: text('key').notNull().unique(),
    storageId: text('storage_id').references(() => storageConnection.id),
    size: bigint('size', { mode: 'number' }).notNull(),
    type: text('type').notNull(),
    sha256: text('sha256').notNull(),
    /** Pixels. */
    width: integer('width').notNull(),
    height: integer('height').notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.fileId, table.spec] }),
    index('derivative_storage_key').on(table.storageId, sql`key collate "C"`),
  ],
);

export type Derivative = typeof derivative.$inferSelect;
