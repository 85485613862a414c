import { recordAudit } from '@repo/foundation/audit';
import type { Tx } from '@repo/foundation/db';
import { eq } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { appError } from '../errors.ts';
import { lockListing } from '../listing/internal.ts';
import { publishListingEvent } from '../live/publish.ts';
import { announce, type Leave, withLeave } from './announce.ts';
import { choosePhotos } from './choose-photos.ts';
import { askForCopies, lockDelivery, noteDelivered, requireDelivery, stateOf } from './internal.ts';
import { hashPin } from './pin.ts';
import { UpdateDelivery } from './schema.ts';
import { type DeliveryRow, delivery } from './table.ts';

/** Changes what a link shows, and to whom. Only recipients that were not there before are told. */
export async function updateDelivery(ctx: Context, input: UpdateDelivery): Promise<void> {
  const { deliveryId } = input;
  const { delivery: found, listing } = await requireDelivery(ctx, deliveryId, 'delivery.manage');
  const {
    photos,
    pin,
    paid,
    updatedAt: seen,
    deliveryId: id,
    ...terms
  } = UpdateDelivery.parse(input);
  const pinHash = pin == null ? null : await hashPin(pin);
  const isNew = (before: DeliveryRow) => (address: string) => !before.recipients.includes(address);
  const recipients = terms.recipients?.filter(isNew(found)) ?? [];
  const change = async (tx: Tx, { untold }: Leave) => {
    await lockListing(tx, listing.id);
    const row = await lockDelivery(tx, id);
    if (seen !== undefined) requireUnchanged(row, seen);
    const now = ctx.now();
    const set: Partial<DeliveryRow> = { ...defined(terms), updatedAt: now };
    if (terms.message === '') set.message = null;
    // Whoever is in came in with the old one.
    if (pin !== undefined) Object.assign(set, { pinHash, pass: row.pass + 1 });
    if (paid !== undefined) set.paidAt = paid ? (row.paidAt ?? now) : null;
    await tx.update(delivery).set(set).where(eq(delivery.id, id));
    if (photos !== undefined) {
      await choosePhotos(tx, { row, choices: photos });
      // Whom the link is over for has got nothing.
      if (stateOf({ ...row, ...set }, now) === 'open') await noteDelivered(tx, ctx, listing.id);
    }
    await recordAudit(tx, ctx, {
      organizationId: row.organizationId,
      action: paid === undefined ? 'delivery.updated' : paid ? 'delivery.paid' : 'delivery.unpaid',
      entityId: id,
      data: { ...terms, photos: photos?.length, pinChanged: pin !== undefined },
    });
    await askForCopies(tx, ctx, id);
    await announce(tx, ctx, { link: row, recipients: untold.filter(isNew(row)) });
    await publishListingEvent(tx, ctx, { type: 'listing', listingId: listing.id });
  };
  await withLeave(ctx, { link: found, recipients }, (leave) =>
    ctx.db.transaction((tx) => change(tx, leave)),
  );
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
