import { recordAudit } from '@repo/foundation/audit';
import type { Tx } from '@repo/foundation/db';
import { invitation } from '@repo/foundation/member';
import { member } from '@repo/foundation/organization';
import { and, eq, isNull } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { cleanListingJob } from '../listing/jobs.ts';
import { listing } from '../listing/table.ts';
import { discardFilesJob } from '../work/jobs.ts';
import { organizationSettings } from './table.ts';

/**
 * Ends an organization that nobody belongs to any more: its listings are erased by their jobs. Its row stays
 * for the ledger of credits and the audit log, and lets nobody in.
 */
export async function endOrganization(tx: Tx, ctx: Context, organizationId: string): Promise<void> {
  const listings = await tx
    .update(listing)
    .set({ deletedAt: ctx.now() })
    .where(and(eq(listing.organizationId, organizationId), isNull(listing.deletedAt)))
    .returning({ id: listing.id });
  for (const { id } of listings)
    await ctx.queue.enqueue(tx, cleanListingJob, { payload: { listingId: id } });
  const [settings] = await tx
    .delete(organizationSettings)
    .where(eq(organizationSettings.organizationId, organizationId))
    .returning({ logoFileId: organizationSettings.logoFileId });
  if (settings?.logoFileId)
    await ctx.queue.enqueue(tx, discardFilesJob, { payload: { fileIds: [settings.logoFileId] } });
  await tx
    .update(invitation)
    .set({ revokedAt: ctx.now() })
    .where(
      and(
        eq(invitation.organizationId, organizationId),
        isNull(invitation.acceptedAt),
        isNull(invitation.revokedAt),
      ),
    );
  await tx.delete(member).where(eq(member.organizationId, organizationId));
  await recordAudit(tx, ctx, {
    organizationId,
    action: 'organization.deleted',
    entityId: organizationId,
    data: { listings: listings.length },
  });
}
