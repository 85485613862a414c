import { createdAt, jsonbOf } from '@repo/foundation/db';
import { sql } from 'drizzle-orm';
import { index, integer, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { listing } from '../listing/table.ts';
import { scene } from '../scene/table.ts';

export const PREVIEW_STATUSES = ['queued', 'done', 'failed', 'superseded'] as const;

type Json = Record<string, unknown>;

/** What a look would make of a scene: a small picture that costs nothing and is forgotten within hours. */
export const lookPreview = pgTable(
  'look_preview',
  {
    id: text('id').primaryKey(),
    listingId: text('listing_id')
      .notNull()
      .references(() => listing.id, { onDelete: 'cascade' }),
    sceneId: text('scene_id')
      .notNull()
      .references(() => scene.id, { onDelete: 'cascade' }),
    status: text('status', { enum: PREVIEW_STATUSES }).notNull().default('queued'),
    /** Frames and options: who asks for the same gets the same. */
    key: text('key').notNull(),
    options: jsonbOf<Json>('options').notNull(),
    inputPhotoIds: jsonbOf<string[]>('input_photo_ids').notNull(),
    fileId: text('file_id'),
    width: integer('width'),
    height: integer('height'),
    failureReason: text('failure_reason'),
    createdBy: text('created_by').notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex('look_preview_once')
      .on(table.sceneId, table.key)
      .where(sql`${table.status} in ('queued', 'done')`),
    index('look_preview_of_member').on(table.createdBy, table.createdAt),
    index('look_preview_created').on(table.createdAt),
  ],
);

export type LookPreviewRow = typeof lookPreview.$inferSelect;
