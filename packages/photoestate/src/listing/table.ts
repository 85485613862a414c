import { createdAt, timestamptz } from '@repo/foundation/db';
import { organization } from '@repo/foundation/organization';
import { index, pgTable, text } from 'drizzle-orm/pg-core';

export const LISTING_STATUSES = ['draft', 'processing', 'review', 'delivered'] as const;

/** One property that is photographed: the unit in which photographers work and deliver. */
export const listing = pgTable(
  'listing',
  {
    id: text('id').primaryKey(),
    organizationId: text('organization_id')
      .notNull()
      .references(() => organization.id, { onDelete: 'cascade' }),
    address: text('address').notNull(),
    status: text('status', { enum: LISTING_STATUSES }).notNull().default('draft'),
    createdBy: text('created_by').notNull(),
    createdAt: createdAt(),
    updatedAt: timestamptz('updated_at').notNull().defaultNow(),
    archivedAt: timestamptz('archived_at'),
    /** Set at once; the rows and files go when the cleaning job has run. */
    deletedAt: timestamptz('deleted_at'),
  },
  (table) => [
    index('listing_organization_created').on(table.organizationId, table.createdAt, table.id),
  ],
);

export type ListingRow = typeof listing.$inferSelect;
