import { recordAudit } from '@repo/foundation/audit';
import { eq } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { publishListingEvent } from '../live/publish.ts';
import { lockListing, requireAgent, requireListing, toListing } from './internal.ts';
import { type Listing, UpdateListing } from './schema.ts';
import { type ListingRow, listing } from './table.ts';

/** Changes what is named, and nothing else: two people may change different fields at once. */
export async function updateListing(ctx: Context, input: UpdateListing): Promise<Listing> {
  const { listingId, ...fields } = UpdateListing.parse(input);
  await requireListing(ctx, listingId, 'listing.edit');
  return ctx.db.transaction(async (tx) => {
    const before = await lockListing(tx, listingId);
    const { organizationId } = before;
    const changes = changesOf(before, fields);
    if (Object.keys(changes).length === 0) return toListing(tx, before);
    const { agentId } = changes;
    if (agentId) await requireAgent(tx, { organizationId, agentId });
    const change = { ...changes, updatedAt: ctx.now() };
    await tx.update(listing).set(change).where(eq(listing.id, listingId));
    await recordAudit(tx, ctx, {
      organizationId,
      action: 'listing.updated',
      entityId: listingId,
      data: { from: fieldsOf(before, changes), to: changes },
    });
    await publishListingEvent(tx, ctx, { type: 'listing', listingId });
    return toListing(tx, { ...before, ...change });
  });
}

type Fields = Partial<
  Pick<ListingRow, 'address' | 'mlsId' | 'agentId' | 'shootDate' | 'notes' | 'tags'>
>;
type Named = { [name in keyof Fields]: Fields[name] | undefined };

/** What is named and not so already. */
function changesOf(before: ListingRow, fields: Named): Fields {
  const known: Record<string, unknown> = before;
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([name, value]) =>
        value !== undefined && JSON.stringify(value) !== JSON.stringify(known[name]),
    ),
  );
}

function fieldsOf(before: ListingRow, changes: Fields): Record<string, unknown> {
  const known: Record<string, unknown> = before;
  return Object.fromEntries(Object.keys(changes).map((name) => [name, known[name]]));
}
