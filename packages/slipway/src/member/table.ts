import { user } from '@repo/foundation/auth';
import { createdAt, timestamptz } from '@repo/foundation/db';
import { MEMBER_ROLES, organization } from '@repo/foundation/organization';
import { index, pgTable, text } from 'drizzle-orm/pg-core';

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
    role: text('role', { enum: MEMBER_ROLES }).notNull(),
    invitedBy: text('invited_by')
      .notNull()
      .references(() => user.id, { onDelete: 'cascade' }),
    createdAt: createdAt(),
    expiresAt: timestamptz('expires_at').notNull(),
    /** An invitation is good for one person, once. */
    acceptedAt: timestamptz('accepted_at'),
    acceptedBy: text('accepted_by'),
    revokedAt: timestamptz('revoked_at'),
  },
  (table) => [index('invitation_organization').on(table.organizationId, table.createdAt)],
);

export type InvitationRow = typeof invitation.$inferSelect;
