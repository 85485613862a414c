import { createdAt, jsonbOf, timestamptz } from '@repo/foundation/db';
import { organization } from '@repo/foundation/organization';
import { sql } from 'drizzle-orm';
import { pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type { Adjustments } from '../enhancement/adjustments.ts';

/** A look of a studio's own: one of ours, and what is changed of it. */
export const lookPreset = pgTable(
  'look_preset',
  {
    id: text('id').primaryKey(),
    organizationId: text('organization_id')
      .notNull()
      .references(() => organization.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    preset: text('preset').notNull(),
    adjustments: jsonbOf<Adjustments>('adjustments').notNull(),
    createdBy: text('created_by').notNull(),
    createdAt: createdAt(),
    updatedAt: timestamptz('updated_at').notNull().defaultNow(),
  },
  (table) => [uniqueIndex('look_preset_name').on(table.organizationId, sql`lower(${table.name})`)],
);

/** The look that is offered first: the name of one of ours, or the id of one of the studio's own. */
export const lookDefault = pgTable('look_default', {
  organizationId: text('organization_id')
    .primaryKey()
    .references(() => organization.id, { onDelete: 'cascade' }),
  look: text('look').notNull(),
});

export type LookPresetRow = typeof lookPreset.$inferSelect;
