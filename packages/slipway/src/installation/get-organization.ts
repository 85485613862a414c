import { user } from '@repo/foundation/auth';
import { requireInstallationAdmin } from '@repo/foundation/installation';
import { member, organization, roleIn } from '@repo/foundation/organization';
import { asc, eq } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import type { MemberRole } from '../permission.ts';
import { heldPlan } from '../plan/held-plan.ts';
import { PLAN_NAMES, PLANS, type Plan, type PlanName } from '../plan/plans.ts';
import type { OwnLimits } from '../plan/schema.ts';
import { organizationPlan } from '../plan/table.ts';
import { planUsage } from '../usage/get-usage.ts';
import type { PlanUsage } from '../usage/schema.ts';
import { InstallationOrganizationRef } from './schema.ts';

export interface InstallationOrganizationDetail {
  id: string;
  name: string;
  createdAt: Date;
  /** False while nobody gave it a plan, and that of the installation holds. */
  isAssigned: boolean;
  limits: OwnLimits | null;
  usage: PlanUsage;
  members: { userId: string; name: string; email: string; role: MemberRole }[];
  /** What can be given, with what each says. */
  plans: (Plan & { name: PlanName })[];
}

/** One organization as an admin of the installation sees it: its people, plan and usage, not its files. */
export async function getInstallationOrganization(
  ctx: SlipwayContext,
  input: { organizationId: string },
): Promise<InstallationOrganizationDetail> {
  await requireInstallationAdmin(ctx);
  const { organizationId } = InstallationOrganizationRef.parse(input);
  const [row] = await ctx.db
    .select({
      id: organization.id,
      name: organization.name,
      createdAt: organization.createdAt,
      plan: organizationPlan.plan,
      limits: organizationPlan.limits,
    })
    .from(organization)
    .leftJoin(organizationPlan, eq(organizationPlan.organizationId, organization.id))
    .where(eq(organization.id, organizationId));
  if (row === undefined)
    throw slipwayError('not_found', `There is no organization "${organizationId}".`);
  const { plan, ...found } = row;
  const rows = await ctx.db
    .select({ userId: user.id, name: user.name, email: user.email, role: member.role })
    .from(member)
    .innerJoin(user, eq(user.id, member.userId))
    .where(eq(member.organizationId, organizationId))
    .orderBy(asc(member.createdAt), asc(user.id));
  return {
    ...found,
    isAssigned: plan !== null,
    usage: await planUsage(ctx, {
      organizationId,
      plan: heldPlan(plan ?? ctx.config.defaultPlan, row.limits),
    }),
    members: rows.map((each) => ({ ...each, role: roleIn(ctx.product, each.role) })),
    plans: PLAN_NAMES.map((name) => ({ name, ...PLANS[name] })),
  };
}
