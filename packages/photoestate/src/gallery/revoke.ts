import { recordAudit } from '@repo/foundation/audit';
import type { Tx } from '@repo/foundation/db';
import { eq } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { publishListingEvent } from '../live/publish.ts';
import { askForCopies, lockDelivery, requireDelivery } from './internal.ts';
import { tokenHashOf } from './link.ts';
import { DeliveryRef } from './schema.ts';
import { type DeliveryRow, delivery } from './table.ts';

/** Ends a link, and with it every address of a picture that it ever gave. */
export async function revokeDelivery(ctx: Context, input: DeliveryRef): Promise<void> {
  await change(ctx, input, async (_tx, row) => ({
    action: 'delivery.revoked',
    set: { revokedAt: row.revokedAt ?? ctx.now(), pass: row.pass + 1 },
  }));
}

/** A new link in place of the old one, which is nobody's from now on. Brings back what was revoked. */
export async function renewLink(ctx: Context, input: DeliveryRef): Promise<void> {
  await change(ctx, input, async (tx, row) => {
    const linkNumber = row.linkNumber + 1;
    const tokenHash = tokenHashOf(ctx, { id: row.id, linkNumber });
    // Nothing was made for it while it was revoked.
    await askForCopies(tx, ctx, row.id);
    const set = { linkNumber, tokenHash, pass: row.pass + 1, revokedAt: null };
    return { action: 'delivery.link_renewed', set };
  });
}

type Change = { action: `delivery.${string}`; set: Partial<DeliveryRow> };

async function change(
  ctx: Context,
  input: DeliveryRef,
  decide: (tx: Tx, row: DeliveryRow) => Promise<Change>,
): Promise<void> {
  const { deliveryId } = DeliveryRef.parse(input);
  const { listing } = await requireDelivery(ctx, deliveryId, 'delivery.manage');
  await ctx.db.transaction(async (tx) => {
    const row = await lockDelivery(tx, deliveryId);
    const { action, set } = await decide(tx, row);
    await tx
      .update(delivery)
      .set({ ...set, updatedAt: ctx.now() })
      .where(eq(delivery.id, deliveryId));
    const { organizationId } = row;
    await recordAudit(tx, ctx, { organizationId, action, entityId: deliveryId });
    await publishListingEvent(tx, ctx, { type: 'listing', listingId: listing.id });
  });
}
