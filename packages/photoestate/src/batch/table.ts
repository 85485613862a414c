import { createdAt, jsonbOf, timestamptz } from '@repo/foundation/db';
import { index, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { listing } from '../listing/table.ts';

/** A scene that was asked for and left out, with the reason. */
export interface SkippedScene {
  sceneId: string;
  code: string;
  reason: string;
}

/** Scenes that were started together. What became of each is in its version. */
export const enhanceBatch = pgTable(
  'enhance_batch',
  {
    id: text('id').primaryKey(),
    listingId: text('listing_id')
      .notNull()
      .references(() => listing.id, { onDelete: 'cascade' }),
    /** How many were started. */
    scenes: integer('scenes').notNull(),
    skipped: jsonbOf<SkippedScene[]>('skipped').notNull(),
    /** While set nothing more of it is begun; what runs goes on. */
    pausedAt: timestamptz('paused_at'),
    cancelledAt: timestamptz('cancelled_at'),
    /** When its last scene ended; null again when one is tried anew. */
    endedAt: timestamptz('ended_at'),
    createdBy: text('created_by').notNull(),
    createdAt: createdAt(),
  },
  (table) => [index('enhance_batch_listing').on(table.listingId, table.createdAt)],
);

/**
 * When a photo of a listing was begun last: whose turn was longest ago is next. No reference to the listing: a claim
 * would wait for whoever changes it, and they for the claim.
 */
export const enhanceTurn = pgTable(
  'enhance_turn',
  {
    listingId: text('listing_id').primaryKey(),
    organizationId: text('organization_id').notNull(),
    servedAt: timestamptz('served_at').notNull(),
  },
  (table) => [index('enhance_turn_organization').on(table.organizationId, table.servedAt)],
);

export type BatchRow = typeof enhanceBatch.$inferSelect;
