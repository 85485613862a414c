import { recordAudit } from '@repo/foundation/audit';
import type { Tx } from '@repo/foundation/db';
import { eq } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { publishListingEvent } from '../live/publish.ts';
import { nameVisitor, requireGalleryPhoto, requireVisitor } from './guest.ts';
import { lockDelivery } from './internal.ts';
import { Decide, type Decided, type Decision } from './schema.ts';
import { type DeliveryRow, delivery, deliveryPhoto } from './table.ts';
import { mayTell, tellStudio } from './tell.ts';
import { decidedOf } from './view.ts';
import type { Visit } from './visit.ts';

/** Approves all photos or one, or asks for a change. The last word counts, whoever had it. */
export async function decide(ctx: Context, visit: Visit, input: Decide): Promise<Decided | null> {
  const visitor = requireVisitor(visit);
  const { name, photoId, decision, note } = Decide.parse(input);
  const { id, organizationId } = visit.delivery;
  const isTold = decision !== null && (await mayTell(ctx, visit));
  return ctx.db.transaction(async (tx) => {
    const whole = await lockDelivery(tx, id);
    const before = photoId == null ? whole : await requireGalleryPhoto(tx, visit, photoId);
    const decidedBy = await nameVisitor(tx, { visitor, name });
    const change =
      decision === null
        ? { decision, decisionNote: null, decidedBy: null, decidedAt: null }
        : { decision, decisionNote: note || null, decidedBy, decidedAt: ctx.now() };
    if (isSame(before, change)) return decidedOf(before);
    await (photoId == null
      ? tx.update(delivery).set(change).where(eq(delivery.id, id))
      : tx.update(deliveryPhoto).set(change).where(eq(deliveryPhoto.id, photoId)));
    await recordAudit(tx, ctx, {
      organizationId,
      action:
        decision === null
          ? 'delivery.undecided'
          : decision === 'approved'
            ? 'delivery.approved'
            : 'delivery.changes_requested',
      entityId: id,
      data: { photoId, by: decidedBy, visitorId: visitor.id },
    });
    if (isTold) await tellOf(tx, ctx, { visit, decidedBy, decision, note, photoId });
    await publishListingEvent(tx, ctx, { type: 'listing', listingId: visit.listing.id });
    return decidedOf(change);
  });
}

type Word = Pick<DeliveryRow, 'decision' | 'decisionNote' | 'decidedBy'>;

/** Said again by the same person it is nothing new. */
function isSame(before: Word, now: Word): boolean {
  return (
    before.decision === now.decision &&
    before.decisionNote === now.decisionNote &&
    before.decidedBy === now.decidedBy
  );
}

interface New {
  visit: Visit;
  decidedBy: string;
  decision: Decision;
  note?: string | null | undefined;
  photoId?: string | null | undefined;
}

async function tellOf(tx: Tx, ctx: Context, of: New): Promise<void> {
  const { visit, decidedBy, decision, note, photoId } = of;
  const which = photoId == null ? 'all photos' : 'a photo';
  const about = `${visit.delivery.id}:${photoId ?? 'all'}:${ctx.now().getTime()}`;
  await (decision === 'approved'
    ? tellStudio(tx, ctx, {
        ...{ visit, kind: 'gallery_approved', about },
        what: `${decidedBy} approved ${which}`,
        body: 'The photos are as they should be.',
      })
    : tellStudio(tx, ctx, {
        ...{ visit, kind: 'gallery_changes_requested', about },
        what: `${decidedBy} asks for changes to ${which}`,
        body: note || 'What should be different was not said.',
      }));
}
