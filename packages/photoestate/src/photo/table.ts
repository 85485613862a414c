import type { FrameLight } from '@repo/engine';
import { createdAt, jsonbOf, timestamptz } from '@repo/foundation/db';
import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  bigint,
  doublePrecision,
  index,
  integer,
  pgTable,
  text,
  unique,
} from 'drizzle-orm/pg-core';
import { listing } from '../listing/table.ts';
import { scene } from '../scene/table.ts';

/** `uploaded` waits for inspection; `refused` is kept with its reason so that nobody wonders where a file went. */
export const PHOTO_STATUSES = ['uploaded', 'ready', 'refused'] as const;

/** What the camera says of how it exposed; `bracket` is a strong hint for grouping. */
const EXPOSURE_MODES = ['auto', 'manual', 'bracket'] as const;

/** Why a frame lies in the scene it lies in, where that may be a surprise; see the engine's `GroupNote`. */
export const GROUP_NOTES = [
  'twin',
  'other_view',
  'no_data',
  'too_bright',
  'too_dark',
  'split',
] as const;

/** One frame from the camera. Its bytes live in Slipway and never change. */
export const photo = pgTable(
  'photo',
  {
    id: text('id').primaryKey(),
    listingId: text('listing_id')
      .notNull()
      .references(() => listing.id, { onDelete: 'cascade' }),
    sceneId: text('scene_id').references(() => scene.id, { onDelete: 'set null' }),
    fileId: text('file_id').notNull(),
    name: text('name').notNull(),
    size: bigint('size', { mode: 'number' }).notNull(),
    type: text('type').notNull(),
    sha256: text('sha256'),
    status: text('status', { enum: PHOTO_STATUSES }).notNull().default('uploaded'),
    refusalCode: text('refusal_code'),
    refusalReason: text('refusal_reason'),
    width: integer('width'),
    height: integer('height'),
    /** By the camera's clock, which knows no zone: comparable within a shoot, no more. */
    takenAt: timestamptz('taken_at'),
    /** Exposure value at ISO 100. */
    ev: doublePrecision('ev'),
    exposureTime: doublePrecision('exposure_time'),
    fNumber: doublePrecision('f_number'),
    iso: doublePrecision('iso'),
    exposureBias: doublePrecision('exposure_bias'),
    exposureMode: text('exposure_mode', { enum: EXPOSURE_MODES }),
    camera: text('camera'),
    /** When a lost inspection was asked for again, and how often. */
    inspectAskedAt: timestamptz('inspect_asked_at'),
    inspectAsked: integer('inspect_asked').notNull().default(0),
    /** Written by grouping, like the scene. */
    groupNote: text('group_note', { enum: GROUP_NOTES }),
    /** The same exposure as this photo, a RAW beside its JPEG: left out where that one is in the scene. */
    twinOf: text('twin_of').references((): AnyPgColumn => photo.id, { onDelete: 'set null' }),
    thumbFileId: text('thumb_file_id'),
    previewFileId: text('preview_file_id'),
    /** Order of arrival within the listing. */
    position: integer('position').notNull(),
    uploadedBy: text('uploaded_by').notNull(),
    createdAt: createdAt(),
    deletedAt: timestamptz('deleted_at'),
  },
  (table) => [
    unique('photo_file').on(table.fileId),
    index('photo_listing').on(table.listingId, table.position),
    index('photo_scene').on(table.sceneId),
    index('photo_to_be_cleaned').on(table.deletedAt).where(sql`${table.deletedAt} is not null`),
  ],
);

/** What a photo shows, by the engine; 4 KB that only grouping and the balance of a listing want to read. */
export const photoFingerprint = pgTable('photo_fingerprint', {
  photoId: text('photo_id')
    .primaryKey()
    .references(() => photo.id, { onDelete: 'cascade' }),
  fingerprint: text('fingerprint').notNull(),
  /** The light it was taken in; null where it was looked at before light was measured. */
  light: jsonbOf<FrameLight>('light'),
});

export type PhotoRow = typeof photo.$inferSelect;
