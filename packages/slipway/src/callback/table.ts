import { createdAt, timestamptz } from '@repo/foundation/db';
import { integer, pgTable, text } from 'drizzle-orm/pg-core';
import { file } from '../file/table.ts';

export const CALLBACK_STATES = ['waiting', 'pending', 'done', 'failed', 'unreachable'] as const;

/** Whom to tell when a file is ready, and what came of it. */
export const uploadCallback = pgTable('upload_callback', {
  fileId: text('file_id')
    .primaryKey()
    .references(() => file.id, { onDelete: 'cascade' }),
  url: text('url').notNull(),
  /** What the server wants to be reminded of; ours to carry, not to read. */
  data: text('data').notNull(),
  /** What the server chose to have its messages signed with. Sealed with AES-256-GCM for this row. */
  secret: text('secret').notNull(),
  /** `waiting` for the file to be ready; `unreachable` is an address that we do not call. */
  state: text('state', { enum: CALLBACK_STATES }).notNull().default('waiting'),
  attempts: integer('attempts').notNull().default(0),
  /** The attempt whose message was taken for the last time: each is taken once. */
  claimed: integer('claimed').notNull().default(0),
  /** Until then the last attempt may still be at work. */
  busyUntil: timestamptz('busy_until'),
  lastError: text('last_error'),
  /** The server's first answer; a JSON text, so that null is told from nothing. */
  result: text('result'),
  createdAt: createdAt(),
  finishedAt: timestamptz('finished_at'),
});
