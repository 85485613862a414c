import { requireOrganization } from '@repo/foundation/organization';
import type { SlipwayContext } from '../context.ts';
import type { HeldPlan } from '../plan/held-plan.ts';
import { planOf } from '../plan/plan-of.ts';
import { requireProject } from '../project/internal.ts';
import { usageByDay } from './days.ts';
import { monthOf } from './month.ts';
import { organizationUsage } from './organization-usage.ts';
import type { PlanUsage, ProjectUsage, UsageDay } from './schema.ts';
import { usageInMonth } from './usage-in-month.ts';
import { usageOf } from './usage-of.ts';

/** What a project uses, beside what its rules and its organization's plan allow. */
export async function getProjectUsage(
  ctx: SlipwayContext,
  projectId: string,
): Promise<ProjectUsage> {
  const project = await requireProject(ctx, projectId, 'usage.read');
  const { id, rules, organizationId } = project;
  const [usage, days, month, organization] = await Promise.all([
    usageOf(ctx.db, id),
    usageByDay(ctx.db, { of: { projectId: id }, now: ctx.now() }),
    usageInMonth(ctx.db, { projectId: id, month: monthOf(ctx.now()) }),
    planUsage(ctx, { organizationId, plan: await planOf(ctx, organizationId) }),
  ]);
  return {
    project: {
      id,
      files: { used: usage.files, reserved: usage.reservedFiles, limit: rules.maxFiles },
      bytes: { used: usage.bytes, reserved: usage.reservedBytes, limit: rules.maxTotalSize },
      ...month,
      days,
    },
    organization,
  };
}

/** What all projects of an organization use of its plan, and when. */
export async function getOrganizationUsage(
  ctx: SlipwayContext,
  organizationId: string,
): Promise<PlanUsage & { days: UsageDay[] }> {
  await requireOrganization(ctx, organizationId, 'usage.read');
  const plan = await planOf(ctx, organizationId);
  const days = await usageByDay(ctx.db, { of: { organizationId }, now: ctx.now() });
  return { ...(await planUsage(ctx, { organizationId, plan })), days };
}

export async function planUsage(
  ctx: SlipwayContext,
  { organizationId, plan }: { organizationId: string; plan: HeldPlan },
): Promise<PlanUsage> {
  const month = monthOf(ctx.now());
  const used = await organizationUsage(ctx.db, { organizationId, month });
  const { reservedBytes, reservedFiles } = used;
  return {
    plan: { name: plan.name, title: plan.title },
    period: { from: month.from.toISOString(), to: month.to.toISOString() },
    projects: { used: used.projects, reserved: 0, limit: plan.projects },
    storageBytes: { used: used.bytes, reserved: reservedBytes, limit: plan.storageBytes },
    monthlyUploads: {
      used: used.monthlyUploads,
      reserved: reservedFiles,
      limit: plan.monthlyUploads,
    },
    monthlyBytes: { used: used.monthlyBytes, reserved: reservedBytes, limit: plan.monthlyBytes },
    fileBytes: plan.fileBytes,
  };
}
