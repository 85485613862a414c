import { organization, requireOrganization, requireUser } from '@repo/foundation/organization';
import type { Shelf } from '@repo/foundation/saved-view';
import { eq } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { savedView } from './table.ts';

/** Views are a member's own: whoever may look at the listings may keep some, and sees no others. */
export async function shelfOf(ctx: Context, organizationId: string): Promise<Shelf> {
  await requireOrganization(ctx, organizationId, 'listing.read');
  return {
    table: savedView,
    placeId: organizationId,
    place: 'studio',
    userId: requireUser(ctx),
    organizationId,
    about: {},
    lock: (tx) =>
      tx
        .select({ id: organization.id })
        .from(organization)
        .where(eq(organization.id, organizationId))
        .for('update'),
  };
}
