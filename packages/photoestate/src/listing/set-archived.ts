import { recordAudit } from '@repo/foundation/audit';
import { and, asc, eq, inArray, isNotNull, isNull } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { publishListingEvent } from '../live/publish.ts';
import { allow, listingMissing, roleThere, visibleTo } from './internal.ts';
import { ListingRefs } from './schema.ts';
import { listing } from './table.ts';

/** All of them or none: the first that is not there, or not the actor's to change, ends it. */
async function requireListings(ctx: Context, listingIds: readonly string[]): Promise<void> {
  const found = await ctx.db
    .select({ id: listing.id, role: roleThere(ctx) })
    .from(listing)
    .where(and(inArray(listing.id, [...listingIds]), visibleTo(ctx)));
  const roles = new Map(found.map(({ id, role }) => [id, role]));
  for (const id of listingIds) {
    const role = roles.get(id);
    if (role === undefined) throw listingMissing(id);
    allow(ctx, role, 'listing.edit');
  }
}

/** Which of them were changed; the others were so already. */
export async function setArchived(
  ctx: Context,
  input: ListingRefs,
  archived: boolean,
): Promise<{ listingIds: string[] }> {
  const listingIds = [...new Set(ListingRefs.parse(input).listingIds)];
  await requireListings(ctx, listingIds);
  return ctx.db.transaction(async (tx) => {
    const rows = await tx
      .select()
      .from(listing)
      .where(
        and(
          inArray(listing.id, listingIds),
          isNull(listing.deletedAt),
          archived ? isNull(listing.archivedAt) : isNotNull(listing.archivedAt),
        ),
      )
      // Two that archive the same ones take them in the same order.
      .orderBy(asc(listing.id))
      .for('update');
    for (const { id, organizationId, address } of rows) {
      await tx
        .update(listing)
        .set({ archivedAt: archived ? ctx.now() : null })
        .where(eq(listing.id, id));
      await recordAudit(tx, ctx, {
        organizationId,
        action: archived ? 'listing.archived' : 'listing.restored',
        entityId: id,
        data: { address },
      });
      await publishListingEvent(tx, ctx, { type: 'listing', listingId: id });
    }
    return { listingIds: rows.map(({ id }) => id) };
  });
}
