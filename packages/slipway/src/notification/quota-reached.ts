import { organization } from '@repo/foundation/organization';
import { and, eq, gt } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { planOf } from '../plan/plan-of.ts';
import { usageNotice } from '../usage/table.ts';
import { tellOrganization } from './tell-organization.ts';
import { quotaMessage } from './template/quota.ts';

const METRICS = ['storageBytes', 'monthlyUploads', 'monthlyBytes'] as const;

/** That an organization came to 80 or 100 % of a quota. */
export async function notifyQuotaReached(
  ctx: SlipwayContext,
  notice: { organizationId: string; month: string; metric: string; percent: number },
): Promise<void> {
  const { organizationId, month, percent } = notice;
  const metric = METRICS.find((each) => each === notice.metric);
  if (metric === undefined) return;
  await ctx.db.transaction(async (tx) => {
    const [found] = await tx
      .select({ name: organization.name })
      .from(organization)
      .where(eq(organization.id, organizationId));
    if (found === undefined) return;
    // Somebody who is at 100 % already need not hear of 80 as well.
    const [further] = await tx
      .select({ percent: usageNotice.percent })
      .from(usageNotice)
      .where(
        and(
          eq(usageNotice.organizationId, organizationId),
          eq(usageNotice.month, month),
          eq(usageNotice.metric, metric),
          gt(usageNotice.percent, percent),
        ),
      );
    if (further !== undefined) return;
    const plan = await planOf({ config: ctx.config, db: tx }, organizationId);
    const limit = plan[metric];
    if (limit === null) return;
    await tellOrganization(tx, ctx, {
      organizationId,
      kind: 'quota',
      about: `${organizationId}:${month}:${metric}:${percent}`,
      path: `/organizations/${organizationId}/usage`,
      message: (url) =>
        quotaMessage({
          organizationName: found.name,
          metric,
          percent,
          plan: plan.title,
          limit,
          url,
        }),
    });
  });
}
