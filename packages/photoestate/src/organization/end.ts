import { recordAudit } from '@repo/foundation/audit';
import type { Tx } from '@repo/foundation/db';
import { invitation } from '@repo/foundation/member';
import { member, organization } from '@repo/foundation/organization';
import { and, eq, inArray, isNull } from 'drizzle-orm';
import { apiKey } from '../api-key/table.ts';
import type { Context } from '../context.ts';
import { cancelWhere } from '../enhancement/internal.ts';
import { enhancement } from '../enhancement/table.ts';
import { cleanListingJob } from '../listing/jobs.ts';
import { listing } from '../listing/table.ts';
import { webhookEndpoint } from '../webhook/table.ts';
import { discardFilesJob } from '../work/jobs.ts';
import { organizationSettings } from './table.ts';

/** Mostly it was called after its owner. */
const ENDED_NAME = 'Deleted organization';

/**
 * Ends an organization that nobody belongs to any more: its keys open nothing, nobody is told of its events, and its
 * listings are erased by their jobs. Its row stays for the ledger of credits and the audit log, without its name.
 */
export async function endOrganization(tx: Tx, ctx: Context, organizationId: string): Promise<void> {
  const listings = await tx
    .update(listing)
    .set({ deletedAt: ctx.now() })
    .where(and(eq(listing.organizationId, organizationId), isNull(listing.deletedAt)))
    .returning({ id: listing.id });
  const ids = listings.map(({ id }) => id);
  for (const listingId of ids)
    await ctx.queue.enqueue(tx, cleanListingJob, { payload: { listingId } });
  await tx
    .update(apiKey)
    .set({ revokedAt: ctx.now() })
    .where(and(eq(apiKey.ownerId, organizationId), isNull(apiKey.revokedAt)));
  await tx.delete(webhookEndpoint).where(eq(webhookEndpoint.ownerId, organizationId));
  const [settings] = await tx
    .delete(organizationSettings)
    .where(eq(organizationSettings.organizationId, organizationId))
    .returning({ logoFileId: organizationSettings.logoFileId });
  if (settings?.logoFileId)
    await ctx.queue.enqueue(tx, discardFilesJob, { payload: { fileIds: [settings.logoFileId] } });
  await tx.delete(invitation).where(eq(invitation.organizationId, organizationId));
  await tx.delete(member).where(eq(member.organizationId, organizationId));
  await tx
    .update(organization)
    .set({ name: ENDED_NAME })
    .where(eq(organization.id, organizationId));
  // Last, because giving credits back takes the lock that everybody takes last.
  await cancelWhere(tx, ctx, inArray(enhancement.listingId, ids));
  await recordAudit(tx, ctx, {
    organizationId,
    action: 'organization.deleted',
    entityId: organizationId,
    data: { listings: listings.length },
  });
}
