import { createdAt, jsonbOf, timestamptz } from '@repo/foundation/db';
import { type AnyPgColumn, bigint, index, pgTable, text } from 'drizzle-orm/pg-core';
import { project } from '../project/table.ts';
import type { Capabilities } from '../storage/capabilities.ts';

/** Where a bucket is. */
export interface BucketAddress {
  bucket: string;
  /** Null for AWS. */
  endpoint: string | null;
  region: string;
  forcePathStyle: boolean;
}

/** A project's own bucket. */
export const storageConnection = pgTable(
  'storage_connection',
  {
    id: text('id').primaryKey(),
    projectId: text('project_id')
      .notNull()
      .references((): AnyPgColumn => project.id),
    name: text('name').notNull(),
    address: jsonbOf<BucketAddress>('address').notNull(),
    /** Sealed with AES-256-GCM; see `seal.ts`. */
    credentials: text('credentials').notNull(),
    /** The last characters of the access key, to tell keys apart. */
    accessKeyHint: text('access_key_hint').notNull(),
    createdAt: createdAt(),
    updatedAt: timestamptz('updated_at').notNull(),
    deletedAt: timestamptz('deleted_at'),
  },
  (table) => [index('storage_connection_project').on(table.projectId)],
);

/** What probing found out about a storage; one row per address and credentials. */
export const storageProbe = pgTable('storage_probe', {
  /** SHA-256 of address and access key. */
  fingerprint: text('fingerprint').primaryKey(),
  capabilities: jsonbOf<Capabilities>('capabilities').notNull(),
  probedAt: timestamptz('probed_at').notNull(),
});

export const MOVE_STATUSES = ['running', 'done', 'cancelled'] as const;

/** A project's files on their way from one storage to another. */
export const storageMove = pgTable(
  'storage_move',
  {
    id: text('id').primaryKey(),
    projectId: text('project_id')
      .notNull()
      .references(() => project.id, { onDelete: 'cascade' }),
    /** Null for the storage of the configuration; likewise `toId`. */
    fromId: text('from_id').references(() => storageConnection.id),
    toId: text('to_id').references(() => storageConnection.id),
    status: text('status', { enum: MOVE_STATUSES }).notNull(),
    movedFiles: bigint('moved_files', { mode: 'number' }).notNull().default(0),
    movedBytes: bigint('moved_bytes', { mode: 'number' }).notNull().default(0),
    /** The last file that could not be moved, and why; it is tried again. */
    problem: text('problem'),
    createdAt: createdAt(),
    endedAt: timestamptz('ended_at'),
  },
  (table) => [index('storage_move_project').on(table.projectId, table.createdAt)],
);
