import { actorId } from '@repo/foundation/context';
import type { Tx } from '@repo/foundation/db';
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { releaseCredits } from '../credit/release.ts';
import { creditEntry } from '../credit/table.ts';
import { ACTIVE } from '../enhancement/internal.ts';
import { type EnhancementRow, enhancement } from '../enhancement/table.ts';
import { appError } from '../errors.ts';
import type { ListingRow } from '../listing/table.ts';
import { decide } from './decide.ts';
import { type Decided, RejectReview } from './schema.ts';

/**
 * Not good enough: it is never delivered, nor are other versions of the same photos that wait for a decision. When
 * no version of them is left, the credit is given back. `decide` writes the audit entry.
 */
export async function rejectReview(ctx: Context, input: RejectReview): Promise<Decided> {
  const { enhancementId, note } = RejectReview.parse(input);
  const decision = { enhancementId, state: 'rejected', note: note || null } as const;
  return decide(ctx, decision, async (tx, { listing, row }) => {
    const versions = await ofTheSamePhotos(tx, row);
    if (versions.some(({ status }) => ACTIVE.some((each) => each === status))) {
      throw appError(
        'already_enhancing',
        'Another version of this scene is on its way. Decide when it is there, or cancel it.',
      );
    }
    const done = versions.filter(({ status }) => status === 'done');
    const waiting = done.filter(({ review }) => review === 'flagged').map(({ id }) => id);
    if (waiting.length > 0) {
      const reviewedBy = actorId(ctx.actor);
      await tx
        .update(enhancement)
        .set({ review: 'rejected', reviewNote: note || null, reviewedBy, reviewedAt: ctx.now() })
        .where(inArray(enhancement.id, waiting));
    }
    const kept = done.some(({ review }) => review === null || review === 'accepted');
    return kept ? 0 : giveBackRest(tx, ctx, { listing, done });
  });
}

/** Versions of exactly the same frames are one paid photo: `credit/scene-cost.ts`. */
async function ofTheSamePhotos(tx: Tx, row: EnhancementRow): Promise<EnhancementRow[]> {
  const frames = JSON.stringify(row.inputPhotoIds);
  return tx
    .select()
    .from(enhancement)
    .where(
      and(
        eq(enhancement.listingId, row.listingId),
        sql`${enhancement.inputPhotoIds} @> ${frames}::jsonb`,
        sql`${enhancement.inputPhotoIds} <@ ${frames}::jsonb`,
      ),
    );
}

/** What was paid for them and has not been given back yet. */
async function giveBackRest(
  tx: Tx,
  ctx: Context,
  { listing, done }: { listing: ListingRow; done: readonly EnhancementRow[] },
): Promise<number> {
  const { organizationId } = listing;
  const references = done.flatMap(({ creditReference }) => creditReference ?? []);
  if (references.length === 0) return 0;
  const entries = await tx
    .select({
      kind: creditEntry.kind,
      reference: creditEntry.reference,
      held: creditEntry.reserved,
    })
    .from(creditEntry)
    .where(
      and(
        eq(creditEntry.organizationId, organizationId),
        inArray(creditEntry.reference, references),
      ),
    );
  const released = new Set(
    entries.filter(({ kind }) => kind === 'release').map(({ reference }) => reference),
  );
  const rest = entries.filter(
    ({ kind, reference }) => kind === 'reserve' && !released.has(reference),
  );
  for (const { reference } of rest) await releaseCredits(tx, ctx, { organizationId, reference });
  return rest.reduce((sum, { held }) => sum + held, 0);
}
