import type { Db, Tx } from '@repo/foundation/db';
import { organization } from '@repo/foundation/organization';
import { eq } from 'drizzle-orm';
import { appError } from '../errors.ts';
import { organizationSettings } from './table.ts';

/** How an organization looks to its clients. */
export interface Branding {
  organizationId: string;
  name: string;
  /** Who mails and galleries say they are from. */
  senderName: string;
  logoFileId: string | null;
  /** `#rrggbb`, or null for the product's own. */
  accentColor: string | null;
  backgroundColor: string | null;
  watermarkUntilPaid: boolean;
  /** Whether new galleries show all this. */
  brandedGalleries: boolean;
}

/** For whoever may see a gallery or gets a mail: it asks for no permission. */
export async function brandingOf(db: Db | Tx, organizationId: string): Promise<Branding> {
  const [found] = await db
    .select({ name: organization.name, settings: organizationSettings })
    .from(organization)
    .leftJoin(organizationSettings, eq(organizationSettings.organizationId, organization.id))
    .where(eq(organization.id, organizationId));
  if (found === undefined)
    throw appError('not_found', `There is no organization "${organizationId}".`);
  const { name, settings } = found;
  return {
    organizationId,
    name,
    senderName: settings?.senderName ?? name,
    logoFileId: settings?.logoFileId ?? null,
    accentColor: settings?.accentColor ?? null,
    backgroundColor: settings?.backgroundColor ?? null,
    watermarkUntilPaid: settings?.watermarkUntilPaid ?? false,
    brandedGalleries: settings?.brandedGalleries ?? true,
  };
}
