import { createdAt, jsonbOf, timestamptz } from '@repo/foundation/db';
import { sql } from 'drizzle-orm';
import { doublePrecision, index, integer, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { enhanceBatch } from '../batch/table.ts';
import { listing } from '../listing/table.ts';
import { scene } from '../scene/table.ts';
import type { Adjustments } from './adjustments.ts';

export const ENHANCEMENT_STATUSES = ['queued', 'running', 'done', 'failed', 'cancelled'] as const;

/** What people decided of a result that the engine would not vouch for. */
export const REVIEW_STATES = ['flagged', 'accepted', 'rejected'] as const;

/** Why somebody should look at it, in words. */
export interface ReviewReason {
  code: string;
  message: string;
}

type Json = Record<string, unknown>;

/** A small picture of the photo that comes long before the photo itself. */
export interface StoredLook {
  fileId: string;
  width: number;
  height: number;
}

/** One version of a scene's finished photo, from the wish to the result. Versions are never overwritten. */
export const enhancement = pgTable(
  'enhancement',
  {
    id: text('id').primaryKey(),
    listingId: text('listing_id')
      .notNull()
      .references(() => listing.id, { onDelete: 'cascade' }),
    sceneId: text('scene_id')
      .notNull()
      .references(() => scene.id),
    status: text('status', { enum: ENHANCEMENT_STATUSES }).notNull().default('queued'),
    /** With which others it was started; null for one that was started alone. */
    batchId: text('batch_id').references(() => enhanceBatch.id, { onDelete: 'set null' }),
    preset: text('preset').notNull(),
    /** What the studio calls the look, where it is one of its own. */
    lookName: text('look_name'),
    /** What the photographer changed of the look; the engine's options follow from both. */
    adjustments: jsonbOf<Adjustments>('adjustments').notNull().default(sql`'{}'::jsonb`),
    options: jsonbOf<Json>('options').notNull(),
    /** The frames, in order, that went in: a result of others than the scene has now is outdated. */
    inputPhotoIds: jsonbOf<string[]>('input_photo_ids').notNull(),
    progress: doublePrecision('progress').notNull().default(0),
    step: text('step'),
    /** How often a worker took it up. */
    attempt: integer('attempt').notNull().default(0),
    /** Names the run that owns the row; a run that finds another's here has been replaced and stops. */
    runToken: text('run_token'),
    heartbeatAt: timestamptz('heartbeat_at'),
    /** Not to be tried again before. */
    waitUntil: timestamptz('wait_until'),
    /** Set by a run, and only while it runs. */
    firstLook: jsonbOf<StoredLook>('first_look'),
    failureCode: text('failure_code'),
    failureReason: text('failure_reason'),
    engineVersion: text('engine_version'),
    report: jsonbOf<Json>('report'),
    recipe: jsonbOf<Json>('recipe'),
    resultFileId: text('result_file_id'),
    resultPreviewFileId: text('result_preview_file_id'),
    resultThumbFileId: text('result_thumb_file_id'),
    /** Whom the certificate names that signed the photo's Content Credentials; null for a photo without. */
    resultSignedBy: text('result_signed_by'),
    width: integer('width'),
    height: integer('height'),
    /** What it reserved in the ledger of credits; null where it costs nothing. */
    creditReference: text('credit_reference'),
    /** Null for what fell below no threshold: nobody needs to look at it. */
    review: text('review', { enum: REVIEW_STATES }),
    reviewReasons: jsonbOf<ReviewReason[]>('review_reasons').notNull().default(sql`'[]'::jsonb`),
    /** Of whoever rejected it. */
    reviewNote: text('review_note'),
    reviewedBy: text('reviewed_by'),
    reviewedAt: timestamptz('reviewed_at'),
    /** When a person made it the scene's result again, before newer versions. */
    currentAt: timestamptz('current_at'),
    createdBy: text('created_by').notNull(),
    createdAt: createdAt(),
    startedAt: timestamptz('started_at'),
    finishedAt: timestamptz('finished_at'),
    /** When its end was told to members, with that of others of the listing. */
    noticedAt: timestamptz('noticed_at'),
  },
  (table) => [
    index('enhancement_scene').on(table.sceneId, table.createdAt),
    index('enhancement_listing').on(table.listingId),
    index('enhancement_flagged').on(table.listingId).where(sql`${table.review} = 'flagged'`),
    index('enhancement_batch').on(table.batchId).where(sql`${table.batchId} is not null`),
    index('enhancement_waiting')
      .on(table.listingId, table.createdAt)
      .where(sql`${table.status} in ('queued', 'running')`),
    index('enhancement_running').on(table.heartbeatAt).where(sql`${table.status} = 'running'`),
    uniqueIndex('enhancement_one_active_per_scene')
      .on(table.sceneId)
      .where(sql`${table.status} in ('queued', 'running')`),
  ],
);

export type EnhancementRow = typeof enhancement.$inferSelect;
