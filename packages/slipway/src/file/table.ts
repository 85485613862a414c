import { createdAt, jsonbOf, timestamptz } from '@repo/foundation/db';
import { sql } from 'drizzle-orm';
import { bigint, index, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { project } from '../project/table.ts';

export const FILE_STATUSES = [
  'pending',
  'verifying',
  'ready',
  'rejected',
  'failed',
  'expired',
  'deleted',
] as const;
/** Waiting for bytes, or for them to be looked at. */
export const UNFINISHED = ['pending', 'verifying'] as const;
/** At an end without bytes. */
export const ENDED = ['rejected', 'failed', 'expired', 'deleted'] as const;
export const SCAN_STATES = ['not_scanned', 'clean', 'infected'] as const;

/** Why an upload ended without being ready; answered again to whoever asks again. */
export interface FileFailure {
  code: string;
  message: string;
}

export const file = pgTable(
  'file',
  {
    id: text('id').primaryKey(),
    projectId: text('project_id')
      .notNull()
      .references(() => project.id),
    /** The object's key in the storage. */
    key: text('key').notNull().unique(),
    name: text('name').notNull(),
    size: bigint('size', { mode: 'number' }).notNull(),
    type: text('type').notNull(),
    /** Hex. What the client declared until the file is ready, what was verified afterwards. */
    sha256: text('sha256'),
    status: text('status', { enum: FILE_STATUSES }).notNull(),
    scan: text('scan', { enum: SCAN_STATES }).notNull().default('not_scanned'),
    customId: text('custom_id'),
    metadata: jsonbOf<Record<string, unknown>>('metadata').notNull(),
    failure: jsonbOf<FileFailure>('failure'),
    createdAt: createdAt(),
    /** The upload must have begun before this. */
    expiresAt: timestamptz('expires_at').notNull(),
    readyAt: timestamptz('ready_at'),
    endedAt: timestamptz('ended_at'),
    /** Set when the bytes of an ended file are gone and its upload URL can bring no others. */
    erasedAt: timestamptz('erased_at'),
  },
  (table) => [
    index('file_project_created').on(table.projectId, table.createdAt.desc(), table.id.desc()),
    // Free again once the file that held it is gone.
    uniqueIndex('file_project_custom_id')
      .on(table.projectId, table.customId)
      .where(sql`custom_id is not null and status in ('pending', 'verifying', 'ready')`),
    // What the sweeper looks for; small, because most files are at their end.
    index('file_unfinished').on(table.createdAt).where(sql`status in ('pending', 'verifying')`),
    // Likewise: ended files are erased once.
    index('file_to_erase')
      .on(table.id)
      .where(sql`erased_at is null and status in ('rejected', 'failed', 'expired', 'deleted')`),
  ],
);

export type FileRow = typeof file.$inferSelect;
