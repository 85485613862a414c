import { createdAt, jsonbOf, timestamptz } from '@repo/foundation/db';
import { organization } from '@repo/foundation/organization';
import { sql } from 'drizzle-orm';
import { bigint, check, index, integer, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';

export const CREDIT_KINDS = ['grant', 'reserve', 'settle', 'release', 'expire'] as const;

/** What one grant gave to a reservation. */
export interface TakenFrom {
  grantId: string;
  credits: number;
}

/**
 * The ledger. Rows are only ever added: a trigger refuses anything else. The sum of `credits` is what an
 * organization may spend, the sum of `reserved` what its work under way holds. No reference to the
 * organization, the listing or the member: the ledger outlives them.
 */
export const creditEntry = pgTable(
  'credit_entry',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    organizationId: text('organization_id').notNull(),
    kind: text('kind', { enum: CREDIT_KINDS }).notNull(),
    /** What it is about; the same kind about the same thing happens once. */
    reference: text('reference').notNull(),
    credits: integer('credits').notNull(),
    reserved: integer('reserved').notNull(),
    /** Who asked for it: a member, or `system`. */
    userId: text('user_id').notNull(),
    listingId: text('listing_id'),
    sceneId: text('scene_id'),
    /** Which grants a reservation was taken from, to be given back to them. */
    takenFrom: jsonbOf<TakenFrom[]>('taken_from').notNull().default(sql`'[]'::jsonb`),
    /** Why it was granted, in the words of who did. */
    note: text('note'),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex('credit_entry_once').on(table.organizationId, table.kind, table.reference),
    index('credit_entry_history').on(table.organizationId, table.id),
    check(
      'credit_entry_signs',
      sql`case ${table.kind}
        when 'grant' then ${table.credits} > 0 and ${table.reserved} = 0
        when 'reserve' then ${table.credits} < 0 and ${table.reserved} = -${table.credits}
        when 'settle' then ${table.credits} = 0 and ${table.reserved} < 0
        when 'release' then ${table.credits} > 0 and ${table.reserved} in (0, -${table.credits})
        when 'expire' then ${table.credits} < 0 and ${table.reserved} = 0
        else false end`,
    ),
  ],
);

/** The sum of the ledger; changed with it, under the row's lock. */
export const creditBalance = pgTable(
  'credit_balance',
  {
    organizationId: text('organization_id')
      .primaryKey()
      .references(() => organization.id, { onDelete: 'cascade' }),
    available: integer('available').notNull().default(0),
    reserved: integer('reserved').notNull().default(0),
  },
  (table) => [
    check(
      'credit_balance_never_below_zero',
      sql`${table.available} >= 0 and ${table.reserved} >= 0`,
    ),
  ],
);

/** What is left of each grant; the sum of `remaining` is what is available. */
export const creditGrant = pgTable(
  'credit_grant',
  {
    id: text('id').primaryKey(),
    organizationId: text('organization_id')
      .notNull()
      .references(() => organization.id, { onDelete: 'cascade' }),
    credits: integer('credits').notNull(),
    remaining: integer('remaining').notNull(),
    /** Later than it was at first where something came back after that. */
    expiresAt: timestamptz('expires_at'),
    /** Set when something came back late the first time: what comes back does not put its end off beyond this. */
    overAt: timestamptz('over_at'),
    createdAt: createdAt(),
  },
  (table) => [
    index('credit_grant_open')
      .on(table.organizationId, table.expiresAt)
      .where(sql`${table.remaining} > 0`),
    index('credit_grant_due').on(table.expiresAt).where(sql`${table.remaining} > 0`),
    check(
      'credit_grant_remaining',
      sql`${table.remaining} >= 0 and ${table.remaining} <= ${table.credits}`,
    ),
  ],
);

export type CreditEntryRow = typeof creditEntry.$inferSelect;
export type CreditGrantRow = typeof creditGrant.$inferSelect;
