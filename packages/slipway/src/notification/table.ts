import { timestamptz } from '@repo/foundation/db';
import { bigint, pgTable, text } from 'drizzle-orm/pg-core';
import { project } from '../project/table.ts';

/** How far a project's failed uploads were told. */
export const failedUploadDigest = pgTable('failed_upload_digest', {
  projectId: text('project_id')
    .primaryKey()
    .references(() => project.id, { onDelete: 'cascade' }),
  lastLogId: bigint('last_log_id', { mode: 'number' }).notNull(),
  sentAt: timestamptz('sent_at').notNull(),
});
