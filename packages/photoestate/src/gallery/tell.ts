import type { Tx } from '@repo/foundation/db';
import { takeAll } from '@repo/foundation/rate-limit';
import type { Context } from '../context.ts';
import type { NoticeName } from '../notice/kinds.ts';
import { notify } from '../notice/notify.ts';
import type { DeliveryRow } from './table.ts';
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

/** Each may be a mail to everybody of the studio. */
const MOST_AN_HOUR = 60;

export function noticeBudget({ id }: Pick<DeliveryRow, 'id'>) {
  const key = `gallery-notices:${id}`;
  return { policy: 'gallery-notices', key, quota: MOST_AN_HOUR, windowSeconds: 3600 };
}

/** False when so much was told of a gallery within the hour that nobody reads it: whoever has its link can click all day. */
export async function mayTell(ctx: Context, { delivery }: Pick<Visit, 'delivery'>) {
  return (await takeAll(ctx, { budget: noticeBudget(delivery), wanted: 1 })) === null;
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
