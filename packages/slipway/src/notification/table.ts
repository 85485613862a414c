import { user } from '@repo/foundation/auth';
import { createdAt, timestamptz } from '@repo/foundation/db';
import { bigint, date, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { project } from '../project/table.ts';
import { NOTIFICATION_KINDS } from './kinds.ts';

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

/** What a user does not want to be told. */
export const notificationOptOut = pgTable(
  'notification_opt_out',
  {
    userId: text('user_id')
      .notNull()
      .references(() => user.id, { onDelete: 'cascade' }),
    kind: text('kind', { enum: NOTIFICATION_KINDS }).notNull(),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.kind] })],
);

/** How far a project's failed uploads were told. */
export const failedUploadDigest = pgTable('failed_upload_digest', {
  projectId: text('project_id')
    .primaryKey()
    .references(() => project.id, { onDelete: 'cascade' }),
  lastLogId: bigint('last_log_id', { mode: 'number' }).notNull(),
  sentAt: timestamptz('sent_at').notNull(),
});
