import { sql } from 'drizzle-orm';
import type { BaseContext } from '../context/index.ts';

/** Handler of `rate.prune`: removes budgets of which nothing is spent any more. */
export async function pruneRateBudgets(ctx: Pick<BaseContext, 'db'>): Promise<void> {
  await ctx.db.execute(
    sql`delete from rate_budget where at < now() - make_interval(secs => window_seconds)`,
  );
}
