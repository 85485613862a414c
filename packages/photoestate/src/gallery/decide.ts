import { recordAudit } from '@repo/foundation/audit';
import type { Tx } from '@repo/foundation/db';
import { asc, eq, inArray } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { appError } from '../errors.ts';
import { publishListingEvent } from '../live/publish.ts';
import { nameVisitor, requireGalleryPhoto, requireVisitor } from './guest.ts';
import { lockDelivery } from './internal.ts';
import { type Answered, Decide, type Decision } from './schema.ts';
import { type DeliveryRow, delivery, deliveryPhoto } from './table.ts';
import { mayTell, tellStudio } from './tell.ts';
import { decidedOf } from './view.ts';
import type { Visit } from './visit.ts';

/**
 * Approves all photos or one, or asks for a change. The last word counts, whoever had it. Who approves all while changes
 * are asked for of some says what becomes of those.
 */
export async function decide(ctx: Context, visit: Visit, input: Decide): Promise<Answered> {
  const visitor = requireVisitor(visit);
  const { name, photoId, decision, note, open, seen } = Decide.parse(input);
  const { id, organizationId } = visit.delivery;
  const isTold = decision !== null && (await mayTell(ctx, visit));
  return ctx.db.transaction(async (tx) => {
    const whole = await lockDelivery(tx, id);
    const before = photoId == null ? whole : await requireGalleryPhoto(tx, visit, photoId);
    const split =
      photoId == null && decision === 'approved'
        ? await approvalOf(tx, id, { open, seen })
        : NOTHING_ASKED;
    const decidedBy = await nameVisitor(tx, { visitor, name });
    const word = { decision, decisionNote: note || null, decidedBy, decidedAt: ctx.now() };
    const change = decision === null || split.leaves > 0 ? UNDECIDED : word;
    if (split.photoIds.length === 0 && isSame(before, change))
      return { decided: decidedOf(before), photos: [] };
    await (photoId == null
      ? tx.update(delivery).set(change).where(eq(delivery.id, id))
      : tx.update(deliveryPhoto).set(change).where(eq(deliveryPhoto.id, photoId)));
    if (split.photoIds.length > 0)
      await tx.update(deliveryPhoto).set(word).where(inArray(deliveryPhoto.id, split.photoIds));
    await recordAudit(tx, ctx, {
      organizationId,
      action:
        decision === null
          ? 'delivery.undecided'
          : decision === 'approved'
            ? 'delivery.approved'
            : 'delivery.changes_requested',
      entityId: id,
      data: { photoId, by: decidedBy, visitorId: visitor.id, open, leaves: split.leaves },
    });
    const { leaves } = split;
    if (isTold) await tellOf(tx, ctx, { visit, decidedBy, decision, note, photoId, leaves });
    await publishListingEvent(tx, ctx, { type: 'listing', listingId: visit.listing.id });
    const photos = split.photoIds.map((each) => ({ id: each, decided: decidedOf(word) }));
    return { decided: decidedOf(change), photos };
  });
}

const UNDECIDED = { decision: null, decisionNote: null, decidedBy: null, decidedAt: null };

/** What approving all means for single photos: which are approved by themselves, and how many are left open. */
interface Split {
  photoIds: string[];
  leaves: number;
}
const NOTHING_ASKED: Split = { photoIds: [], leaves: 0 };

/** @throws `conflict` where changes are asked for and it is not said what becomes of them, or not of all. */
async function approvalOf(tx: Tx, deliveryId: string, said: Said): Promise<Split> {
  const { open, seen = [] } = said;
  const photos = await tx
    .select()
    .from(deliveryPhoto)
    .where(eq(deliveryPhoto.deliveryId, deliveryId))
    .orderBy(asc(deliveryPhoto.position), asc(deliveryPhoto.id));
  const asked = photos.filter(({ decision }) => decision === 'changes');
  if (asked.length === 0) return NOTHING_ASKED;
  if (open === 'approve' && asked.every(({ id }) => seen.includes(id)))
    return { photoIds: asked.map(({ id }) => id), leaves: 0 };
  const others = photos.filter(({ decision }) => decision !== 'changes');
  if (open === 'leave' && others.length > 0) {
    const undecided = others.filter(({ decision }) => decision === null);
    return { photoIds: undecided.map(({ id }) => id), leaves: asked.length };
  }
  const details = { photos: asked.map((photo) => ({ id: photo.id, decided: decidedOf(photo) })) };
  throw appError('conflict', CONFLICTS[open ?? 'unsaid'], { details });
}

type Said = Pick<Decide, 'open' | 'seen'>;

const CONFLICTS = {
  unsaid:
    'Expected what becomes of photos of which changes are asked for: "open" is "approve" or "leave".',
  leave: 'Expected a photo of which no change is asked for; there is none to approve.',
  approve:
    'Changes are asked for of more photos than were seen. Look at what is asked for, and decide again.',
};

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
  /** Photos of which changes are still asked for when all others are approved. */
  leaves: number;
}

async function tellOf(tx: Tx, ctx: Context, of: New): Promise<void> {
  const { visit, decidedBy, decision, note, photoId, leaves } = of;
  const all = leaves > 0 ? `all photos but ${leaves}` : 'all photos';
  const which = photoId == null ? all : 'a photo';
  const about = `${visit.delivery.id}:${photoId ?? 'all'}:${ctx.now().getTime()}`;
  await (decision === 'approved'
    ? tellStudio(tx, ctx, {
        ...{ visit, kind: 'gallery_approved', about },
        what: `${decidedBy} approved ${which}`,
        body:
          leaves > 0
            ? 'What was asked for of the others stays open.'
            : 'The photos are as they should be.',
      })
    : tellStudio(tx, ctx, {
        ...{ visit, kind: 'gallery_changes_requested', about },
        what: `${decidedBy} asks for changes to ${which}`,
        body: note || 'What should be different was not said.',
      }));
}
