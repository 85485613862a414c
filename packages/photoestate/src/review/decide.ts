import { recordAudit } from '@repo/foundation/audit';
import { actorId } from '@repo/foundation/context';
import type { Tx } from '@repo/foundation/db';
import { and, eq } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { creditEntry } from '../credit/table.ts';
import { publishEnhancement, requireEnhancement, toEnhancement } from '../enhancement/internal.ts';
import { ownerOf } from '../enhancement/owner.ts';
import { type EnhancementRow, enhancement } from '../enhancement/table.ts';
import { appError } from '../errors.ts';
import { lockListing } from '../listing/internal.ts';
import { settleListing } from '../listing/settle.ts';
import type { ListingRow } from '../listing/table.ts';
import { publishListingEvent } from '../live/publish.ts';
import { framesOf, readyPhotos } from '../scene/internal.ts';
import type { Decided } from './schema.ts';

export interface Decision {
  enhancementId: string;
  state: 'accepted' | 'rejected';
  note: string | null;
}

/** What a decision brings with it, in its transaction. @returns credits that were given back */
export type Consequence = (
  tx: Tx,
  about: { listing: ListingRow; row: EnhancementRow },
) => Promise<number>;

/**
 * One decision about one result: of two that are made at once the second is refused, unless it is the same,
 * which changes nothing and gets the same answer.
 */
export async function decide(
  ctx: Context,
  { enhancementId, state, note }: Decision,
  consequence: Consequence,
): Promise<Decided> {
  const found = await requireEnhancement(ctx, enhancementId, 'review.decide');
  return ctx.db.transaction(async (tx) => {
    const listing = await lockListing(tx, found.listing.id);
    const before = await reread(tx, enhancementId);
    if (before.review === null) throw notInReview();
    if (before.review !== 'flagged' && before.review !== state) throw decidedAlready(before);
    if (before.review === 'flagged') {
      await tx
        .update(enhancement)
        .set({
          review: state,
          reviewNote: note,
          reviewedBy: actorId(ctx.actor),
          reviewedAt: ctx.now(),
        })
        .where(and(eq(enhancement.id, enhancementId), eq(enhancement.review, 'flagged')));
    }
    const row = await reread(tx, enhancementId);
    const isFirst = before.review === 'flagged';
    const credits = isFirst
      ? await consequence(tx, { listing, row })
      : await givenBack(tx, { listing, row });
    const sceneId = (await ownerOf(tx, row)) ?? row.sceneId;
    if (isFirst) {
      await recordAudit(tx, ctx, {
        organizationId: listing.organizationId,
        action: `review.${state}`,
        entityId: enhancementId,
        data: { listingId: listing.id, sceneId, reasons: codesOf(row), note, credits },
      });
      await publishEnhancement(tx, ctx, row);
      await settleListing(tx, ctx, listing.id);
      await publishListingEvent(tx, ctx, { type: 'scene', listingId: listing.id });
    }
    const photos = await readyPhotos(tx, listing.id);
    return {
      version: toEnhancement(row, { sceneId, frames: framesOf(photos, sceneId) }),
      credits,
    };
  });
}

/** What rejecting it brought back; for who asks again. */
async function givenBack(
  tx: Tx,
  { listing, row: { creditReference } }: { listing: ListingRow; row: EnhancementRow },
): Promise<number> {
  if (creditReference === null) return 0;
  const [entry] = await tx
    .select({ credits: creditEntry.credits })
    .from(creditEntry)
    .where(
      and(
        eq(creditEntry.organizationId, listing.organizationId),
        eq(creditEntry.kind, 'release'),
        eq(creditEntry.reference, creditReference),
      ),
    );
  return entry?.credits ?? 0;
}

const codesOf = ({ reviewReasons }: EnhancementRow) => reviewReasons.map(({ code }) => code);

async function reread(tx: Tx, enhancementId: string): Promise<EnhancementRow> {
  const [row] = await tx.select().from(enhancement).where(eq(enhancement.id, enhancementId));
  if (row === undefined) throw appError('not_found', `There is no enhancement "${enhancementId}".`);
  return row;
}

export function notInReview() {
  return appError(
    'not_in_review',
    'Only finished photos that fell below a threshold are decided about, and this one did not.',
  );
}

export function decidedAlready({ review }: EnhancementRow) {
  return appError('already_decided', `Somebody was faster: this photo was ${review} already.`, {
    details: { decision: review },
  });
}
