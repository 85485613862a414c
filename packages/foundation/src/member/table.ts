import { index, pgTable, text } from 'drizzle-orm/pg-core';
import { user } from '../auth/table.ts';
import { createdAt, timestamptz } from '../db/columns.ts';
import { organization } from '../organization/table.ts';

/** Its link is signed and made anew whenever it is needed, so no secret of it is stored. */
export const invitation = pgTable(
  'invitation',
  {
    id: text('id').primaryKey(),
    organizationId: text('organization_id')
      .notNull()
      .references(() => organization.id, { onDelete: 'cascade' }),
    /** In small letters. */
    email: text('email').notNull(),
    role: text('role').notNull(),
    /** Null where their account is gone: it is the organization that invites. */
    invitedBy: text('invited_by').references(() => user.id, { onDelete: 'set null' }),
    createdAt: createdAt(),
    expiresAt: timestamptz('expires_at').notNull(),
    /** An invitation is good for one person, once. */
    acceptedAt: timestamptz('accepted_at'),
    acceptedBy: text('accepted_by'),
    revokedAt: timestamptz('revoked_at'),
  },
  (table) => [
    index('invitation_organization').on(table.organizationId, table.createdAt),
    index('invitation_expires').on(table.expiresAt),
  ],
);

export type InvitationRow = typeof invitation.$inferSelect;
