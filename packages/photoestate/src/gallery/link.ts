import { createHash } from 'node:crypto';
import type { Context } from '../context.ts';
import type { DeliveryRow } from './table.ts';

type Linked = Pick<DeliveryRow, 'id' | 'linkNumber'>;

/**
 * The token of a delivery's link: 128 bits that follow from its id and number by a key that only the server has. So
 * the link can be copied again on any day, and whoever reads the database, which has the token's hash, cannot open it.
 */
function tokenOf(ctx: Context, { id, linkNumber }: Linked): string {
  const params = { number: String(linkNumber) };
  const signed = ctx.signer.sign({ purpose: 'gallery link', path: id, params, expires: 0 });
  return createHash('sha256').update(signed).digest('hex').slice(0, 32);
}

export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

export const tokenHashOf = (ctx: Context, row: Linked) => hashToken(tokenOf(ctx, row));

/** Null once the server's secret is another than when the link was made: it needs a new link then. */
export function galleryUrl(ctx: Context, row: Linked & Pick<DeliveryRow, 'tokenHash'>) {
  const token = tokenOf(ctx, row);
  return hashToken(token) === row.tokenHash ? `${ctx.config.publicUrl}/g/${token}` : null;
}
