import type { Tx } from '@repo/foundation/db';
import { addGrant, type Clock, type Grant, lockBalance } from './internal.ts';

/** False when this reference was granted before. */
export async function grantCredits(tx: Tx, ctx: Clock, grant: Grant): Promise<boolean> {
  await lockBalance(tx, ctx, grant.organizationId);
  return addGrant(tx, ctx, grant);
}
