import type { Tx } from '@repo/foundation/db';
import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm';
import { appError } from '../errors.ts';
import { addEntry, type Clock, lockBalance } from './internal.ts';
import { type CreditGrantRow, creditEntry, creditGrant, type TakenFrom } from './table.ts';

export interface ReserveInput {
  organizationId: string;
  userId: string;
  listingId: string | null;
  items: readonly { reference: string; sceneId: string | null; credits: number }[];
}

/**
 * Sets credits aside for work that begins, from the grants that expire first: for all of it, or for none. What
 * was reserved under its reference before is not reserved again.
 * @throws `insufficient_credits` with how many are needed and how many there are
 */
export async function reserveCredits(tx: Tx, ctx: Clock, input: ReserveInput): Promise<void> {
  const { organizationId, userId, listingId } = input;
  if (input.items.length === 0) return;
  const { available } = await lockBalance(tx, ctx, organizationId);
  const items = await notReserved(tx, input);
  const needed = items.reduce((sum, { credits }) => sum + credits, 0);
  if (needed > available) throw tooFew({ needed, available });
  const grants = await openGrants(tx, organizationId);
  for (const { reference, sceneId, credits } of items) {
    await addEntry(tx, {
      organizationId,
      kind: 'reserve',
      reference,
      credits: -credits,
      reserved: credits,
      userId,
      listingId,
      sceneId,
      takenFrom: take(grants, credits),
      createdAt: ctx.now(),
    });
  }
  for (const { id, remaining } of grants) {
    await tx.update(creditGrant).set({ remaining }).where(eq(creditGrant.id, id));
  }
}

async function notReserved(tx: Tx, { organizationId, items }: ReserveInput) {
  const known = await tx
    .select({ reference: creditEntry.reference })
    .from(creditEntry)
    .where(
      and(
        eq(creditEntry.organizationId, organizationId),
        eq(creditEntry.kind, 'reserve'),
        inArray(
          creditEntry.reference,
          items.map(({ reference }) => reference),
        ),
      ),
    );
  const taken = new Set(known.map(({ reference }) => reference));
  return items.filter(({ reference }) => !taken.has(reference));
}

/** First what expires first. */
async function openGrants(tx: Tx, organizationId: string): Promise<CreditGrantRow[]> {
  return tx
    .select()
    .from(creditGrant)
    .where(and(eq(creditGrant.organizationId, organizationId), gt(creditGrant.remaining, 0)))
    .orderBy(sql`${creditGrant.expiresAt} asc nulls last`, asc(creditGrant.id));
}

/** Takes from the rows, too. */
function take(grants: readonly CreditGrantRow[], credits: number): TakenFrom[] {
  const taken: TakenFrom[] = [];
  let missing = credits;
  for (const grant of grants) {
    const share = Math.min(grant.remaining, missing);
    if (share === 0) continue;
    grant.remaining -= share;
    missing -= share;
    taken.push({ grantId: grant.id, credits: share });
  }
  if (missing > 0) throw appError('internal', 'The grants of credits are not the balance.');
  return taken;
}

function tooFew(details: { needed: number; available: number }) {
  const { needed, available } = details;
  const there = available === 0 ? 'none left' : `${available} left`;
  return appError(
    'insufficient_credits',
    `This needs ${needed} ${needed === 1 ? 'credit' : 'credits'}, and there ${available === 1 ? 'is' : 'are'} ${there}. Nothing was started: enhance fewer scenes, or ask for more credits.`,
    { details },
  );
}
