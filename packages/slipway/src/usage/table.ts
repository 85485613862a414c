import { createdAt, timestamptz } from '@repo/foundation/db';
import { sql } from 'drizzle-orm';
import {
  bigint,
  date,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
} from 'drizzle-orm/pg-core';

/**
 * What a project stores, as a ledger: each change is a row of its own, so that uploads of one project
 * never wait for each other. `usage.count` adds them up.
 */
export const usageEntry = pgTable(
  'usage_entry',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    projectId: text('project_id').notNull(),
    fileId: text('file_id').notNull(),
    /** 1 when the file became ready, -1 when it went. */
    files: integer('files').notNull(),
    bytes: bigint('bytes', { mode: 'number' }).notNull(),
    /** 1 when the file was uploaded just now: it counts for its month, and does so for good. */
    uploads: integer('uploads').notNull().default(0),
    createdAt: createdAt(),
    /** Set when it is in the project's total. */
    countedAt: timestamptz('counted_at'),
  },
  (table) => [
    index('usage_entry_uncounted').on(table.projectId).where(sql`counted_at is null`),
    index('usage_entry_file').on(table.fileId),
  ],
);

/** The sum of the entries that were counted so far. */
export const projectUsage = pgTable('project_usage', {
  projectId: text('project_id').primaryKey(),
  files: bigint('files', { mode: 'number' }).notNull(),
  bytes: bigint('bytes', { mode: 'number' }).notNull(),
});

/** Of these, what each of the developer's users holds. */
export const uploaderUsage = pgTable(
  'uploader_usage',
  {
    projectId: text('project_id').notNull(),
    uploader: text('uploader').notNull(),
    files: bigint('files', { mode: 'number' }).notNull(),
    bytes: bigint('bytes', { mode: 'number' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.projectId, table.uploader] }),
    index('uploader_usage_largest').on(
      table.projectId,
      table.bytes.desc().nullsFirst(),
      table.uploader,
    ),
  ],
);

/** The most that a project or an organization with limits can hold by now: see `ceiling.ts`. */
export const usageCeiling = pgTable('usage_ceiling', {
  /** Of the project or organization. */
  ownerId: text('owner_id').primaryKey(),
  /** The first day of the month that uploads count for. */
  month: date('month'),
  files: bigint('files', { mode: 'number' }).notNull(),
  bytes: bigint('bytes', { mode: 'number' }).notNull(),
  uploads: bigint('uploads', { mode: 'number' }).notNull(),
  uploadedBytes: bigint('uploaded_bytes', { mode: 'number' }).notNull(),
  /** When it was counted, by the database's clock; what was taken in since is added. */
  countedAt: timestamptz('counted_at').notNull(),
});

/** The sum for each day (UTC). Rows outlive their project: what it uploaded counts for its month. */
export const usageDay = pgTable(
  'usage_day',
  {
    projectId: text('project_id').notNull(),
    day: date('day').notNull(),
    organizationId: text('organization_id').notNull(),
    uploads: bigint('uploads', { mode: 'number' }).notNull(),
    uploadedBytes: bigint('uploaded_bytes', { mode: 'number' }).notNull(),
    /** What was added and what went, together. */
    files: bigint('files', { mode: 'number' }).notNull(),
    bytes: bigint('bytes', { mode: 'number' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.projectId, table.day] }),
    index('usage_day_organization').on(table.organizationId, table.day),
  ],
);

/** That an organization came to 80 or 100 % of something: told once a month. */
export const usageNotice = pgTable(
  'usage_notice',
  {
    organizationId: text('organization_id').notNull(),
    /** The first day of the month. */
    month: date('month').notNull(),
    metric: text('metric').notNull(),
    percent: smallint('percent').notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.month, table.metric, table.percent] }),
  ],
);
