import { timestamptz } from '@repo/foundation/db';
import { integer, pgTable, text } from 'drizzle-orm/pg-core';
import { file } from '../file/table.ts';

/** What a scanner said of bytes with this digest. Only ever written with a scanner's own answer. */
export const scanVerdict = pgTable('scan_verdict', {
  /** Of the very bytes that the scanner was given, hex. */
  sha256: text('sha256').primaryKey(),
  verdict: text('verdict', { enum: ['clean', 'infected'] }).notNull(),
  /** The name of what was found. */
  signature: text('signature'),
  /** The scanner and its database; another one asks again. */
  engine: text('engine').notNull(),
  scannedAt: timestamptz('scanned_at').notNull(),
});

/**
 * Of files in quarantine whose scan went wrong though the scanner was there: how often, and when it is
 * tried again. Without it one file that a scanner stumbles over would be sent to it each minute.
 */
export const scanAttempt = pgTable('scan_attempt', {
  fileId: text('file_id')
    .primaryKey()
    .references(() => file.id, { onDelete: 'cascade' }),
  attempts: integer('attempts').notNull(),
  nextAt: timestamptz('next_at').notNull(),
});
