import type { Tx } from '@repo/foundation/db';
import type { Context } from '../context.ts';
import type { NoticeName } from '../notice/kinds.ts';
import { notify } from '../notice/notify.ts';
import type { Visit } from './visit.ts';

interface Told {
  visit: Pick<Visit, 'delivery' | 'listing'>;
  kind: Extract<NoticeName, `gallery_${string}`>;
  /** Names the occasion. */
  about: string;
  /** What happened, to follow the address. */
  what: string;
  body: string;
}

/** Tells the studio what a client did, where each member wants to hear it. */
export async function tellStudio(
  tx: Tx,
  ctx: Context,
  { visit, kind, about, what, body }: Told,
): Promise<void> {
  const { delivery, listing } = visit;
  await notify(tx, ctx, {
    ...{ organizationId: delivery.organizationId, kind, about, body },
    title: `${listing.address}: ${what}`,
    path: `/listings/${listing.id}/deliver`,
    action: 'Open the delivery',
  });
}
