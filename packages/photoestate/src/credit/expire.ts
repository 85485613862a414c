import { and, gt, lte } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { lockBalance } from './internal.ts';
import { creditGrant } from './table.ts';

/** Handler of `credit.expire`. Nothing that expired is spent even before it runs; it keeps balances true to look at. */
export async function expireCredits(ctx: Context): Promise<void> {
  const due = await ctx.db
    .selectDistinct({ organizationId: creditGrant.organizationId })
    .from(creditGrant)
    .where(and(gt(creditGrant.remaining, 0), lte(creditGrant.expiresAt, ctx.now())));
  for (const { organizationId } of due) {
    await ctx.db.transaction((tx) => lockBalance(tx, ctx, organizationId));
  }
}
