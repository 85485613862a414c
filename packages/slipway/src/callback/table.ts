import { createdAt, timestamptz } from '@repo/foundation/db';
import { sealedText } from '@repo/foundation/sealing';
import { sql } from 'drizzle-orm';
import { bigint, index, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { file } from '../file/table.ts';

/** How servers are told: as our own SDK has it, or as UploadThing's. */
export const CALLBACK_WIRES = ['slipway', 'uploadthing'] as const;
export const CALLBACK_HOOKS = ['callback', 'error'] as const;
export const CALLBACK_STATES = ['waiting', 'pending', 'done', 'failed', 'unreachable'] as const;

/** That a server is to be told of an upload's end, and what came of it. */
export const uploadCallback = pgTable(
  'upload_callback',
  {
    fileId: text('file_id')
      .primaryKey()
      .references(() => file.id, { onDelete: 'cascade' }),
    wire: text('wire', { enum: CALLBACK_WIRES }).notNull().default('slipway'),
    /** `error` for an upload that came to nothing. */
    hook: text('hook', { enum: CALLBACK_HOOKS }).notNull().default('callback'),
    /** These three are of our own wire; UploadThing's says them of its route. */
    url: text('url'),
    /** What the server wants to be reminded of; ours to carry, not to read. */
    data: text('data'),
    /** What the server chose to have its messages signed with. Sealed with AES-256-GCM for this row. */
    secret: sealedText('secret'),
    /** `waiting` for the file to be ready; `unreachable` is an address that we do not call. */
    state: text('state', { enum: CALLBACK_STATES }).notNull().default('waiting'),
    attempts: integer('attempts').notNull().default(0),
    /** The attempt whose message was taken for the last time: each is taken once. */
    claimed: integer('claimed').notNull().default(0),
    /** Null while it waits for its file. */
    nextAttemptAt: timestamptz('next_attempt_at'),
    /** Until then the last attempt may still be at work. */
    busyUntil: timestamptz('busy_until'),
    lastError: text('last_error'),
    /** The server's first answer; a JSON text, so that null is told from nothing. */
    result: text('result'),
    createdAt: createdAt(),
    finishedAt: timestamptz('finished_at'),
  },
  (table) => [
    index('upload_callback_due').on(table.nextAttemptAt).where(sql`state = 'pending'`),
    // The few that came to nothing, which somebody looks for among all that were heard.
    index('upload_callback_lost').on(table.fileId).where(sql`state in ('failed', 'unreachable')`),
    index('upload_callback_sealed').on(table.fileId).where(sql`secret is not null`),
  ],
);
export type UploadCallbackRow = typeof uploadCallback.$inferSelect;

/** One attempt, as it was sent and answered. */
export const callbackAttempt = pgTable(
  'callback_attempt',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    fileId: text('file_id')
      .notNull()
      .references(() => uploadCallback.fileId, { onDelete: 'cascade' }),
    number: integer('number').notNull(),
    at: timestamptz('at').notNull(),
    durationMs: integer('duration_ms').notNull(),
    /** Null of one that went down the stream to a developer's machine. */
    url: text('url'),
    /** Null when nothing was answered. */
    status: integer('status'),
    body: text('body'),
    /** Why nothing came of it; null of one that was heard. */
    problem: text('problem'),
  },
  (table) => [
    index('callback_attempt_file').on(table.fileId, table.id),
    index('callback_attempt_at').on(table.at),
  ],
);
