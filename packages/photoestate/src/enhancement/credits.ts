import { actorId } from '@repo/foundation/context';
import type { Tx } from '@repo/foundation/db';
import type { Context } from '../context.ts';
import { releaseCredits } from '../credit/release.ts';
import { reserveCredits } from '../credit/reserve.ts';
import { SCENE_CREDITS } from '../credit/scene-cost.ts';
import { settleCredits } from '../credit/settle.ts';
import type { EnhancementRow } from './table.ts';

interface Owner {
  id: string;
  organizationId: string;
}

/** Sets aside what these rows cost together: all of it, or none and `insufficient_credits`. */
export async function reserveFor(
  tx: Tx,
  ctx: Context,
  { listing, rows }: { listing: Owner; rows: readonly EnhancementRow[] },
): Promise<void> {
  await reserveCredits(tx, ctx, {
    organizationId: listing.organizationId,
    userId: actorId(ctx.actor) ?? 'system',
    listingId: listing.id,
    items: rows.flatMap(({ creditReference: reference, sceneId }) =>
      reference === null ? [] : [{ reference, sceneId, credits: SCENE_CREDITS }],
    ),
  });
}

/** In the transaction in which the row ends: a result is paid, anything else gives its credit back. */
export async function endCredits(
  tx: Tx,
  ctx: Context,
  { organizationId, row }: { organizationId: string; row: EnhancementRow },
): Promise<void> {
  const { creditReference: reference, status } = row;
  if (reference === null) return;
  const end = status === 'done' ? settleCredits : releaseCredits;
  await end(tx, ctx, { organizationId, reference });
}
