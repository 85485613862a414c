import { timestamptz } from '@repo/foundation/db';
import { pgTable, text } from 'drizzle-orm/pg-core';

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
