import { sql } from 'drizzle-orm';
import { date, index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { user } from '../auth/table.ts';
import { createdAt, jsonbOf, timestamptz } from '../db/columns.ts';
import { CHANNELS } from '../organization/product.ts';
import { organization } from '../organization/table.ts';

/** How a user is told; without a row by what holds for everybody. */
export const notificationSettings = pgTable('notification_settings', {
  userId: text('user_id')
    .primaryKey()
    .references(() => user.id, { onDelete: 'cascade' }),
  /** IANA, such as `Pacific/Auckland`; null until it is known, which counts as UTC. */
  timeZone: text('time_zone'),
  /** The user's own day on whose morning the last summary was made, or found empty. */
  summaryDay: date('summary_day'),
});

/** What a user does not want to be told, and by which way. */
export const notificationOptOut = pgTable(
  'notification_opt_out',
  {
    userId: text('user_id')
      .notNull()
      .references(() => user.id, { onDelete: 'cascade' }),
    kind: text('kind').notNull(),
    channel: text('channel', { enum: CHANNELS }).notNull().default('mail'),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.kind, table.channel] })],
);

/** Something that members are told: written in the transaction of what happened, told by a job. */
export const notice = pgTable(
  'notice',
  {
    id: text('id').primaryKey(),
    organizationId: text('organization_id')
      .notNull()
      .references(() => organization.id, { onDelete: 'cascade' }),
    kind: text('kind').notNull(),
    /** Another kind that it is as well: whoever has either of them on is told. */
    alsoKind: text('also_kind'),
    /** Names the occasion, which is told once. */
    about: text('about').notNull().unique(),
    title: text('title').notNull(),
    body: text('body').notNull(),
    /** The page that shows more, below the product's address. */
    path: text('path').notNull(),
    /** What the link to it says. */
    action: text('action').notNull(),
    /** Users who are told, when their role lets them be; null for everybody whose role does. */
    recipients: jsonbOf<string[] | null>('recipients'),
    createdAt: createdAt(),
    /** When it was put into notification centres. */
    toldAt: timestamptz('told_at'),
    /** When it was mailed, or found to concern nobody who wants mails. */
    mailedAt: timestamptz('mailed_at'),
  },
  (table) => [index('notice_created').on(table.createdAt)],
);

export type NoticeRow = typeof notice.$inferSelect;

/** Whom a notice is for. */
export function audienceOf({ organizationId, kind, alsoKind, recipients: among }: NoticeRow) {
  return { organizationId, kinds: alsoKind === null ? [kind] : [kind, alsoKind], among };
}

/** That a notice lies in somebody's notification centre. */
export const noticeRecipient = pgTable(
  'notice_recipient',
  {
    userId: text('user_id')
      .notNull()
      .references(() => user.id, { onDelete: 'cascade' }),
    noticeId: text('notice_id')
      .notNull()
      .references(() => notice.id, { onDelete: 'cascade' }),
    createdAt: createdAt(),
    readAt: timestamptz('read_at'),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.noticeId] }),
    index('notice_recipient_notice').on(table.noticeId),
    index('notice_recipient_page').on(table.userId, table.createdAt.desc(), table.noticeId.desc()),
    index('notice_recipient_unread').on(table.userId).where(sql`${table.readAt} is null`),
  ],
);
