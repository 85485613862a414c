import { eq, isNull } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { type HeldPlan, heldPlan } from '../plan/held-plan.ts';
import { hasQuotas } from '../plan/plan-of.ts';
import { organizationPlan } from '../plan/table.ts';
import { project } from '../project/table.ts';
import { thresholdReachedJob } from './jobs.ts';
import { type Month, monthOf } from './month.ts';
import { organizationUsage } from './organization-usage.ts';
import { usageNotice } from './table.ts';

/** The higher first: whoever reached both at once is told of that one. */
const PERCENTS = [100, 80] as const;

/**
 * Handler of `usage.watch`: tells once a month that an organization came to 80 or 100 % of a quota.
 * Each telling is a job of its own, written with the note that it was told.
 */
export async function watchUsage(ctx: SlipwayContext): Promise<void> {
  const month = monthOf(ctx.now());
  for (const { organizationId, plan } of await limitedOrganizations(ctx)) {
    await watchOne(ctx, { organizationId, plan, month });
  }
}

/** Those with a project, and with a plan that has quotas. */
async function limitedOrganizations(
  ctx: SlipwayContext,
): Promise<{ organizationId: string; plan: HeldPlan }[]> {
  const rows = await ctx.db
    .selectDistinct({
      organizationId: project.organizationId,
      name: organizationPlan.plan,
      limits: organizationPlan.limits,
    })
    .from(project)
    .leftJoin(organizationPlan, eq(organizationPlan.organizationId, project.organizationId))
    .where(isNull(project.deletedAt));
  return rows
    .map(({ organizationId, name, limits }) => ({
      organizationId,
      plan: heldPlan(name ?? ctx.config.defaultPlan, limits),
    }))
    .filter(({ plan }) => hasQuotas(plan));
}

async function watchOne(
  ctx: SlipwayContext,
  { organizationId, plan, month }: { organizationId: string; plan: HeldPlan; month: Month },
): Promise<void> {
  const used = await organizationUsage(ctx.db, { organizationId, month });
  const { storageBytes, monthlyUploads, monthlyBytes } = plan;
  const counts = [
    { metric: 'storageBytes', used: used.bytes, limit: storageBytes },
    { metric: 'monthlyUploads', used: used.monthlyUploads, limit: monthlyUploads },
    { metric: 'monthlyBytes', used: used.monthlyBytes, limit: monthlyBytes },
  ];
  for (const { metric, used: amount, limit } of counts) {
    for (const percent of PERCENTS) {
      if (limit === null || amount * 100 < limit * percent) continue;
      await tellOnce(ctx, { organizationId, month: month.first, metric, percent });
    }
  }
}

async function tellOnce(
  ctx: SlipwayContext,
  notice: { organizationId: string; month: string; metric: string; percent: number },
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const added = await tx
      .insert(usageNotice)
      .values({ ...notice, createdAt: ctx.now() })
      .onConflictDoNothing()
      .returning({ metric: usageNotice.metric });
    if (added.length > 0) await ctx.queue.enqueue(tx, thresholdReachedJob, { payload: notice });
  });
}
