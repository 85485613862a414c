import { user } from '@repo/foundation/auth';
import { createdAt, timestamptz } from '@repo/foundation/db';
import { organization } from '@repo/foundation/organization';
import { sql } from 'drizzle-orm';
import { date, index, pgTable, text } from 'drizzle-orm/pg-core';

/**
 * What a listing is at, by what happened to its photos; see `settle.ts`. One that is archived keeps it, and
 * is called `archived` as long as it is. `review` is what pages call “To deliver”: finished, and not handed
 * over; a single result that “Needs review” is a matter of `review/`.
 */
export const LISTING_STATUSES = [
  'draft',
  'uploading',
  'processing',
  'review',
  'delivered',
] as const;

/** In the words of the indexes: what is shown unless somebody asks for the archive. */
export const isLive = sql`deleted_at is null and archived_at is null`;
export const isArchived = sql`deleted_at is null and archived_at is not null`;

/** Those without a day come last where the latest comes first. */
export const shootDay = sql`(coalesce(shoot_date, '0001-01-01'::date))`;
export const addressOrder = sql`lower(address)`;
/** What a search looks into; the function came with the migration `fields-of-a-listing`. */
export const searched = sql`listing_search(address, mls_id, tags)`;

/** One property that is photographed: the unit in which photographers work and deliver. */
export const listing = pgTable(
  'listing',
  {
    id: text('id').primaryKey(),
    organizationId: text('organization_id')
      .notNull()
      .references(() => organization.id, { onDelete: 'cascade' }),
    address: text('address').notNull(),
    /** What the property is called where it is for sale. */
    mlsId: text('mls_id'),
    /** The member whose listing it is. */
    agentId: text('agent_id').references(() => user.id, { onDelete: 'set null' }),
    /** A day where the property is. */
    shootDate: date('shoot_date', { mode: 'string' }),
    notes: text('notes').notNull().default(''),
    tags: text('tags').array().notNull().default(sql`'{}'`),
    status: text('status', { enum: LISTING_STATUSES }).notNull().default('draft'),
    createdBy: text('created_by').notNull(),
    createdAt: createdAt(),
    updatedAt: timestamptz('updated_at').notNull().defaultNow(),
    /** When it was handed over last; results that are newer are to be delivered. */
    deliveredAt: timestamptz('delivered_at'),
    archivedAt: timestamptz('archived_at'),
    /** Set at once; the rows and files go when the cleaning job has run. */
    deletedAt: timestamptz('deleted_at'),
  },
  (table) => [
    index('listing_organization_created').on(table.organizationId, table.createdAt, table.id),
    index('listing_live_created').on(table.organizationId, table.createdAt, table.id).where(isLive),
    index('listing_live_changed').on(table.organizationId, table.updatedAt, table.id).where(isLive),
    index('listing_live_shoot').on(table.organizationId, shootDay, table.id).where(isLive),
    index('listing_live_address').on(table.organizationId, addressOrder, table.id).where(isLive),
    index('listing_live_status')
      .on(table.organizationId, table.status, table.createdAt, table.id)
      .where(isLive),
    index('listing_archived').on(table.organizationId, table.createdAt, table.id).where(isArchived),
    index('listing_to_be_cleaned').on(table.deletedAt).where(sql`${table.deletedAt} is not null`),
    index('listing_agent').on(table.agentId, table.createdAt),
    index('listing_tags').using('gin', table.organizationId, table.tags),
    index('listing_search').using('gin', table.organizationId, sql`${searched} gin_trgm_ops`),
  ],
);

export type ListingRow = typeof listing.$inferSelect;
