import { createdAt, jsonbOf, timestamptz } from '@repo/foundation/db';
import { sealedText } from '@repo/foundation/sealing';
import { sql } from 'drizzle-orm';
import { bigint, index, pgTable, text, unique, uniqueIndex } from 'drizzle-orm/pg-core';
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

/**
 * A project's own bucket. The row goes when it is disconnected: foreign keys then keep what is on its
 * way from being sent there, and no credentials stay behind.
 */
export const storageConnection = pgTable(
  'storage_connection',
  {
    id: text('id').primaryKey(),
    projectId: text('project_id')
      .notNull()
      .references(() => project.id),
    name: text('name').notNull(),
    address: jsonbOf<BucketAddress>('address').notNull(),
    /** Sealed with AES-256-GCM; see `sealing/seal.ts`. */
    credentials: sealedText('credentials').notNull(),
    /** The last characters of the access key, to tell keys apart. */
    accessKeyHint: text('access_key_hint').notNull(),
    createdAt: createdAt(),
    updatedAt: timestamptz('updated_at').notNull(),
  },
  (table) => [index('storage_connection_project').on(table.projectId)],
);

export type StorageConnection = typeof storageConnection.$inferSelect;

/** What probing found out about a storage; one row per address and credentials. */
export const storageProbe = pgTable('storage_probe', {
  /** SHA-256 of address and access key. */
  fingerprint: text('fingerprint').primaryKey(),
  capabilities: jsonbOf<Capabilities>('capabilities').notNull(),
  probedAt: timestamptz('probed_at').notNull(),
});

export const MOVE_STATUSES = ['running', 'done', 'cancelled'] as const;

/** A project's files on their way to one storage, from all others. */
export const storageMove = pgTable(
  'storage_move',
  {
    id: text('id').primaryKey(),
    projectId: text('project_id')
      .notNull()
      .references(() => project.id, { onDelete: 'cascade' }),
    /** Null for the storage of the configuration. */
    toId: text('to_id').references(() => storageConnection.id),
    status: text('status', { enum: MOVE_STATUSES }).notNull(),
    /** What was elsewhere when it began. */
    totalFiles: bigint('total_files', { mode: 'number' }).notNull(),
    totalBytes: bigint('total_bytes', { mode: 'number' }).notNull(),
    movedFiles: bigint('moved_files', { mode: 'number' }).notNull().default(0),
    movedBytes: bigint('moved_bytes', { mode: 'number' }).notNull().default(0),
    /** The last file that could not be moved, and why; it is tried again. */
    problem: text('problem'),
    /** Whose turn it is: one process at a time works on a move, and loses its turn when it falls silent. */
    turn: text('turn'),
    turnUntil: timestamptz('turn_until'),
    createdAt: createdAt(),
    endedAt: timestamptz('ended_at'),
  },
  (table) => [
    index('storage_move_project').on(table.projectId, table.createdAt),
    uniqueIndex('storage_move_running').on(table.projectId).where(sql`status = 'running'`),
  ],
);

export type StorageMove = typeof storageMove.$inferSelect;

/**
 * Objects that no row stands for, because a move copied them or left them behind; removed when due.
 * Written before the first byte of a copy, so that no crash makes one that nobody knows of.
 */
export const storageLeftover = pgTable(
  'storage_leftover',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    projectId: text('project_id')
      .notNull()
      .references(() => project.id),
    /** Null for the storage of the configuration. */
    storageId: text('storage_id').references(() => storageConnection.id),
    key: text('key').notNull(),
    /** The copy's open upload in parts, while it is one. */
    uploadId: text('upload_id'),
    dueAt: timestamptz('due_at').notNull(),
    /** Until then a client's URL may bring bytes here once more; they are removed again. */
    openUntil: timestamptz('open_until'),
  },
  (table) => [
    unique('storage_leftover_object').on(table.storageId, table.key).nullsNotDistinct(),
    index('storage_leftover_due').on(table.dueAt),
    index('storage_leftover_project').on(table.projectId),
  ],
);
