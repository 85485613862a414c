import { timestamptz } from '@repo/foundation/db';
import { bigint, index, pgTable, text } from 'drizzle-orm/pg-core';

export const SWEEP_ACTIONS = [
  'completed',
  'rejected',
  'expired',
  'aborted_multipart',
  'removed_object',
  'lost_object',
  'damaged_object',
] as const;
export type SweepAction = (typeof SWEEP_ACTIONS)[number];

/** What the sweeper did by itself, for the dashboard. */
export const sweepAction = pgTable(
  'sweep_action',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    /** Null for what belongs to no project any more. */
    projectId: text('project_id'),
    action: text('action', { enum: SWEEP_ACTIONS }).notNull(),
    /** The file it was about, where there is one. */
    fileId: text('file_id'),
    /** The object it was about, where there is one. */
    key: text('key'),
    bytes: bigint('bytes', { mode: 'number' }),
    at: timestamptz('at').notNull(),
  },
  (table) => [index('sweep_action_project').on(table.projectId, table.id.desc())],
);

/** The last comparison of a storage with the rows. */
export const reconcileRun = pgTable('reconcile_run', {
  /** The storage's id, or `default`. */
  storage: text('storage').primaryKey(),
  startedAt: timestamptz('started_at').notNull(),
  /** Null while it goes on. */
  endedAt: timestamptz('ended_at'),
  objects: bigint('objects', { mode: 'number' }).notNull(),
  removedObjects: bigint('removed_objects', { mode: 'number' }).notNull(),
  lostObjects: bigint('lost_objects', { mode: 'number' }).notNull(),
  abortedMultiparts: bigint('aborted_multiparts', { mode: 'number' }).notNull(),
});
