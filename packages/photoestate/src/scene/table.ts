import { createdAt, timestamptz } from '@repo/foundation/db';
import { boolean, index, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { listing } from '../listing/table.ts';

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
    /** Put together by a person: regrouping leaves it and its frames alone. */
    manual: boolean('manual').notNull().default(false),
    createdAt: createdAt(),
    deletedAt: timestamptz('deleted_at'),
  },
  (table) => [index('scene_listing').on(table.listingId, table.position)],
);

export type SceneRow = typeof scene.$inferSelect;
