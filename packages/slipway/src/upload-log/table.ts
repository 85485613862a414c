import { createdAt } from '@repo/foundation/db';
import { sql } from 'drizzle-orm';
import { bigint, boolean, index, integer, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { project } from '../project/table.ts';

/** How an upload came to nothing: refused when it was announced, or ended later. */
export const UPLOAD_OUTCOMES = ['refused', 'rejected', 'failed', 'expired'] as const;

/** Uploads that did not become files, with the reason; kept as long as the plan says. */
export const uploadLog = pgTable(
  'upload_log',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    projectId: text('project_id')
      .notNull()
      .references(() => project.id, { onDelete: 'cascade' }),
    outcome: text('outcome', { enum: UPLOAD_OUTCOMES }).notNull(),
    /** Null of those that were refused before there was a file. */
    fileId: text('file_id'),
    name: text('name').notNull(),
    size: bigint('size', { mode: 'number' }),
    type: text('type'),
    /** The error's code, and its public sentence. */
    code: text('code').notNull(),
    message: text('message').notNull(),
    /** The rule that was broken, if it was one. */
    rule: text('rule'),
    route: text('route'),
    uploader: text('uploader'),
    /** Of a test key: for those it is all that there is. */
    isTest: boolean('is_test').notNull().default(false),
    actorType: text('actor_type').notNull(),
    actorId: text('actor_id'),
    /** Of a row that stands for many and tells of the latest: their hour, code and route. */
    foldedKey: text('folded_key'),
    repeats: integer('repeats').notNull().default(1),
    createdAt: createdAt(),
  },
  (table) => [
    index('upload_log_project').on(table.projectId, table.id.desc()),
    uniqueIndex('upload_log_folded')
      .on(table.projectId, table.foldedKey)
      .where(sql`folded_key is not null`),
    index('upload_log_created').on(table.createdAt),
  ],
);
