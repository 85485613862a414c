import { createdAt, jsonbOf, timestamptz } from '@repo/foundation/db';
import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, pgTable, text } from 'drizzle-orm/pg-core';
import type { Adjustments } from '../enhancement/adjustments.ts';
import { listing } from '../listing/table.ts';

/** The look that a scene is to get whenever it is enhanced with others. */
export interface SceneSettings {
  preset: string;
  adjustments: Adjustments;
  lookName: string | null;
}

/** The frames of one view: a bracket, or a single photo. */
export const scene = pgTable(
  'scene',
  {
    id: text('id').primaryKey(),
    listingId: text('listing_id')
      .notNull()
      .references(() => listing.id, { onDelete: 'cascade' }),
    position: integer('position').notNull().default(0),
    label: text('label'),
    /** 0: no stars given. */
    rating: integer('rating').notNull().default(0),
    /** Put together by a person: regrouping leaves it and its frames alone. */
    manual: boolean('manual').notNull().default(false),
    /** Null: whatever look is chosen for all. */
    settings: jsonbOf<SceneSettings>('settings'),
    createdAt: createdAt(),
    deletedAt: timestamptz('deleted_at'),
  },
  (table) => [
    index('scene_listing').on(table.listingId, table.position),
    check('scene_rating_is_stars', sql`${table.rating} between 0 and 5`),
  ],
);

export type SceneRow = typeof scene.$inferSelect;
