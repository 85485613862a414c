import type { Tx } from '@repo/foundation/db';
import { appError } from '../errors.ts';
import { addEntry, type Clock, lockBalance, type Reservation, reservationOf } from './internal.ts';

/** The work is done: what was reserved for it is spent. */
export async function settleCredits(tx: Tx, ctx: Clock, of: Reservation): Promise<void> {
  await lockBalance(tx, ctx, of.organizationId);
  const { row, settled, released } = await reservationOf(tx, of);
  if (settled) return;
  if (released) throw appError('internal', `"${of.reference}" was given back already.`);
  const { organizationId, reference, userId, listingId, sceneId } = row;
  const about = { organizationId, reference, userId, listingId, sceneId, createdAt: ctx.now() };
  await addEntry(tx, { ...about, kind: 'settle', credits: 0, reserved: -row.reserved });
}
