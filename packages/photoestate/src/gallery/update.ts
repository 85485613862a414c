import { recordAudit } from '@repo/foundation/audit';
import { eq } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { appError } from '../errors.ts';
import { lockListing } from '../listing/internal.ts';
import { publishListingEvent } from '../live/publish.ts';
import { announce } from './announce.ts';
import { choosePhotos } from './choose-photos.ts';
import { askForCopies, lockDelivery, noteDelivered, requireDelivery, stateOf } from './internal.ts';
import { hashPin } from './pin.ts';
import { UpdateDelivery } from './schema.ts';
import { type DeliveryRow, delivery } from './table.ts';

/** Changes what a link shows, and to whom. Only recipients that were not there before are told. */
export async function updateDelivery(ctx: Context, input: UpdateDelivery): Promise<void> {
  const { deliveryId } = input;
  const { listing } = await requireDelivery(ctx, deliveryId, 'delivery.manage');
  const {
    photos,
    pin,
    paid,
    updatedAt: seen,
    deliveryId: id,
    ...terms
  } = UpdateDelivery.parse(input);
  const pinHash = pin == null ? null : await hashPin(pin);
  await ctx.db.transaction(async (tx) => {
    await lockListing(tx, listing.id);
    const row = await lockDelivery(tx, id);
    if (seen !== undefined) requireUnchanged(row, seen);
    const now = ctx.now();
    const change: Partial<DeliveryRow> = { ...defined(terms), updatedAt: now };
    if (terms.message === '') change.message = null;
    // Whoever is in came in with the old one.
    if (pin !== undefined) Object.assign(change, { pinHash, pass: row.pass + 1 });
    if (paid !== undefined) change.paidAt = paid ? (row.paidAt ?? now) : null;
    await tx.update(delivery).set(change).where(eq(delivery.id, id));
    if (photos !== undefined) {
      await choosePhotos(tx, { row, choices: photos });
      // Whom the link is over for has got nothing.
      if (stateOf({ ...row, ...change }, now) === 'open') await noteDelivered(tx, ctx, listing.id);
    }
    await recordAudit(tx, ctx, {
      organizationId: row.organizationId,
      action: paid === undefined ? 'delivery.updated' : paid ? 'delivery.paid' : 'delivery.unpaid',
      entityId: id,
      data: { ...terms, photos: photos?.length, pinChanged: pin !== undefined },
    });
    await askForCopies(tx, ctx, id);
    const added = terms.recipients?.filter((address) => !row.recipients.includes(address)) ?? [];
    await announce(tx, ctx, { link: row, recipients: added });
    await publishListingEvent(tx, ctx, { type: 'listing', listingId: listing.id });
  });
}

function requireUnchanged({ updatedAt }: DeliveryRow, seen: Date): void {
  if (updatedAt.getTime() === seen.getTime()) return;
  throw appError(
    'conflict',
    'This delivery was changed in the meantime, so nothing was saved. Look at it as it is now, and save again.',
  );
}

function defined<T extends object>(terms: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(terms).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
