import type { Db, Tx } from '@repo/foundation/db';
import { and, eq } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { appError } from '../errors.ts';
import { allow, roleThere, visibleTo } from '../listing/internal.ts';
import { settleListing } from '../listing/settle.ts';
import { type ListingRow, listing } from '../listing/table.ts';
import type { Permission } from '../permission.ts';
import { prepareCopiesJob } from './jobs.ts';
import { type DeliveryPhotoRow, type DeliveryRow, delivery, deliveryPhoto } from './table.ts';

/** The delivery and its listing, or the same `not_found` for strangers as for nothing. */
export async function requireDelivery(
  ctx: Context,
  deliveryId: string,
  permission: Permission,
): Promise<{ delivery: DeliveryRow; listing: ListingRow }> {
  const [found] = await ctx.db
    .select({ delivery, listing, role: roleThere(ctx) })
    .from(delivery)
    .innerJoin(listing, eq(listing.id, delivery.listingId))
    .where(and(eq(delivery.id, deliveryId), visibleTo(ctx)));
  if (found === undefined) throw deliveryMissing(deliveryId);
  allow(ctx, found.role, permission);
  return found;
}

export function deliveryMissing(deliveryId: string) {
  return appError('not_found', `There is no delivery "${deliveryId}".`);
}

/** Serialises what changes a delivery. Taken after the listing's lock, where both are. */
export async function lockDelivery(tx: Tx, deliveryId: string): Promise<DeliveryRow> {
  const [row] = await tx.select().from(delivery).where(eq(delivery.id, deliveryId)).for('update');
  if (row === undefined) throw deliveryMissing(deliveryId);
  return row;
}

type Terms = Pick<DeliveryRow, 'revokedAt' | 'expiresAt'>;

export function stateOf({ revokedAt, expiresAt }: Terms, now: Date) {
  if (revokedAt !== null) return 'revoked';
  return expiresAt !== null && expiresAt <= now ? 'expired' : 'open';
}

/** Whether there is nothing without a watermark. */
export function isLocked({ watermark, paidAt }: Pick<DeliveryRow, 'watermark' | 'paidAt'>) {
  return watermark && paidAt === null;
}

/** The listing is delivered again with what was finished until now. */
export async function noteDelivered(tx: Tx, ctx: Context, listingId: string): Promise<void> {
  const now = ctx.now();
  await tx
    .update(listing)
    .set({ deliveredAt: now, updatedAt: now })
    .where(eq(listing.id, listingId));
  await settleListing(tx, ctx, listingId);
}

/** Copies that are there already are not made again. */
export async function askForCopies(tx: Tx, ctx: Context, deliveryId: string): Promise<void> {
  const photos = await tx
    .select({ id: deliveryPhoto.id, position: deliveryPhoto.position })
    .from(deliveryPhoto)
    .where(eq(deliveryPhoto.deliveryId, deliveryId))
    .orderBy(deliveryPhoto.position);
  for (const photo of photos) await askForCopiesOf(tx, ctx, photo);
}

/** What waits already is not asked for again. A delivery of five photos waits for five of one of a thousand. */
export async function askForCopiesOf(
  tx: Tx | Db,
  ctx: Context,
  { id, position }: Pick<DeliveryPhotoRow, 'id' | 'position'>,
): Promise<void> {
  const payload = { photoId: id };
  await ctx.queue.enqueue(tx, prepareCopiesJob, { payload, key: id, priority: -position });
}
