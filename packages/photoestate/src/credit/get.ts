import { requireOrganization } from '@repo/foundation/organization';
import { and, asc, eq, gt, isNotNull } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { type Balance, lockBalance } from './internal.ts';
import { CreditsOf } from './schema.ts';
import { creditGrant } from './table.ts';

export interface Credits extends Balance {
  /** What goes next if nobody spends it. */
  nextExpiry: { credits: number; at: Date } | null;
}

/** What an organization may spend now. */
export async function getCredits(ctx: Context, input: CreditsOf): Promise<Credits> {
  const { organizationId } = CreditsOf.parse(input);
  await requireOrganization(ctx, organizationId, 'credit.read');
  return ctx.db.transaction(async (tx) => {
    const balance = await lockBalance(tx, ctx, organizationId);
    const [next] = await tx
      .select({ credits: creditGrant.remaining, at: creditGrant.expiresAt })
      .from(creditGrant)
      .where(
        and(
          eq(creditGrant.organizationId, organizationId),
          gt(creditGrant.remaining, 0),
          isNotNull(creditGrant.expiresAt),
        ),
      )
      .orderBy(asc(creditGrant.expiresAt))
      .limit(1);
    const nextExpiry = next?.at ? { credits: next.credits, at: next.at } : null;
    return { ...balance, nextExpiry };
  });
}
