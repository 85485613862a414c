import { recordAudit } from '@repo/foundation/audit';
import type { Tx } from '@repo/foundation/db';
import { newId } from '@repo/foundation/ids';
import { and, eq, gt, isNull, or } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { appError } from '../errors.ts';
import { lockListing, requireListing } from '../listing/internal.ts';
import { publishListingEvent } from '../live/publish.ts';
import { brandingOf } from '../organization/branding.ts';
import { announce, type Leave, withLeave } from './announce.ts';
import { choosePhotos } from './choose-photos.ts';
import { askForCopies, noteDelivered } from './internal.ts';
import { tokenHashOf } from './link.ts';
import { hashPin } from './pin.ts';
import { CreateDelivery } from './schema.ts';
import { delivery } from './table.ts';

/** More links to one listing than anybody hands out: open at once, and with those that are over. */
const MOST_OPEN = 50;
const MOST_LINKS = 500;

/**
 * Delivers a listing: a link to its finished photos, told to the recipients by mail.
 *
 * @throws `nothing_to_deliver` when no photo is finished.
 */
export async function createDelivery(ctx: Context, input: CreateDelivery): Promise<{ id: string }> {
  const { listingId } = input;
  const { organizationId } = await requireListing(ctx, listingId, 'delivery.manage');
  const { photos, pin, recipients, sizes, ...terms } = CreateDelivery.parse(input);
  const pinHash = pin == null ? null : await hashPin(pin);
  const id = newId('dlv');
  const link = { id, linkNumber: 1, organizationId };
  const create = async (tx: Tx, { untold }: Leave) => {
    await lockListing(tx, listingId);
    await requireRoom(tx, ctx, listingId);
    const usual = await brandingOf(tx, organizationId);
    const now = ctx.now();
    const row = {
      ...{ id, listingId, organizationId, recipients, sizes, pinHash },
      message: terms.message || null,
      expiresAt: terms.expiresAt ?? null,
      branded: terms.branded ?? usual.brandedGalleries,
      watermark: terms.watermark ?? usual.watermarkUntilPaid,
      tokenHash: tokenHashOf(ctx, { id, linkNumber: 1 }),
      createdBy: ctx.actor.type === 'user' ? ctx.actor.userId : 'system',
      createdAt: now,
      updatedAt: now,
    };
    await tx.insert(delivery).values(row);
    const count = await choosePhotos(tx, { row, choices: photos });
    await noteDelivered(tx, ctx, listingId);
    await recordAudit(tx, ctx, {
      organizationId,
      action: 'delivery.created',
      entityId: id,
      data: { listingId, photos: count, recipients, sizes, hasPin: pinHash !== null },
    });
    await askForCopies(tx, ctx, id);
    await announce(tx, ctx, { link, recipients: untold });
    await publishListingEvent(tx, ctx, { type: 'listing', listingId });
    return { id };
  };
  return withLeave(ctx, { link, recipients }, (leave) =>
    ctx.db.transaction((tx) => create(tx, leave)),
  );
}

async function requireRoom(tx: Tx, ctx: Context, listingId: string): Promise<void> {
  const ofListing = eq(delivery.listingId, listingId);
  const isOpen = and(
    isNull(delivery.revokedAt),
    or(isNull(delivery.expiresAt), gt(delivery.expiresAt, ctx.now())),
  );
  if ((await tx.$count(delivery, and(ofListing, isOpen))) >= MOST_OPEN) {
    const message = `Expected at most ${MOST_OPEN} open links to one listing. Revoke one first.`;
    throw appError('conflict', message);
  }
  if ((await tx.$count(delivery, ofListing)) >= MOST_LINKS) {
    const message = `Expected at most ${MOST_LINKS} links to one listing, with those that are over. Renew one of those.`;
    throw appError('conflict', message);
  }
}
