import { index, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { createdAt, timestamptz } from '../db/columns.ts';

/** `kept`: no mail server is set up, so that it is read on the outbox page and goes nowhere. */
export const MAIL_STATES = ['pending', 'sent', 'failed', 'kept'] as const;

/** Mails, written in the transaction of what they tell of. */
export const mail = pgTable(
  'mail',
  {
    id: text('id').primaryKey(),
    /** What it is about, such as `invitation`. */
    kind: text('kind').notNull(),
    /** The same thing is told to the same person once, however often its job runs. */
    dedupKey: text('dedup_key').notNull().unique(),
    recipient: text('recipient').notNull(),
    /** Who it says it is from; null for the product's own name. */
    senderName: text('sender_name'),
    subject: text('subject').notNull(),
    /** Empty once it is sent: links in it may let people in. */
    html: text('html').notNull(),
    text: text('text').notNull(),
    /** Ends mails of this kind with one click (RFC 8058); null of those that cannot be ended. */
    unsubscribeUrl: text('unsubscribe_url'),
    state: text('state', { enum: MAIL_STATES }).notNull(),
    attempts: integer('attempts').notNull().default(0),
    /** What the mail server said to the latest try. */
    problem: text('problem'),
    createdAt: createdAt(),
    endedAt: timestamptz('ended_at'),
  },
  (table) => [index('mail_page').on(table.createdAt.desc(), table.id.desc())],
);

export type MailRow = typeof mail.$inferSelect;
