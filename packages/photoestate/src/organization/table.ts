import { timestamptz } from '@repo/foundation/db';
import { organization } from '@repo/foundation/organization';
import { boolean, pgTable, text } from 'drizzle-orm/pg-core';

/** How an organization looks to its clients, and what holds for its new galleries; without a row by the defaults. */
export const organizationSettings = pgTable('organization_settings', {
  organizationId: text('organization_id')
    .primaryKey()
    .references(() => organization.id, { onDelete: 'cascade' }),
  /** Who mails and galleries say they are from; null for the organization's name. */
  senderName: text('sender_name'),
  logoFileId: text('logo_file_id'),
  /** `#rrggbb`: buttons and links of galleries; null for the product's own. */
  accentColor: text('accent_color'),
  /** `#rrggbb`: what galleries stand on; null for the product's own. */
  backgroundColor: text('background_color'),
  /** Clients see a watermark until the listing is paid. */
  watermarkUntilPaid: boolean('watermark_until_paid').notNull().default(false),
  /** Whether new galleries show the branding; without it they fit portals that want none. */
  brandedGalleries: boolean('branded_galleries').notNull().default(true),
  updatedAt: timestamptz('updated_at').notNull().defaultNow(),
});

export type OrganizationSettingsRow = typeof organizationSettings.$inferSelect;
