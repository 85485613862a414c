import { recordAudit } from '@repo/foundation/audit';
import { requireInstallationAdmin } from '@repo/foundation/installation';
import { organization } from '@repo/foundation/organization';
import { eq } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { forgetCeiling } from '../usage/ceiling.ts';
import { withoutUndefined } from '../without-undefined.ts';
import type { PlanName } from './plans.ts';
import { lockOrganization } from './quota-room.ts';
import { AssignPlan, type OwnLimits } from './schema.ts';
import { organizationPlan } from './table.ts';

export interface AssignedPlan {
  plan: PlanName;
  limits: OwnLimits | null;
}

/**
 * Gives an organization a plan, and limits of its own in place of some of the plan's; what it has above
 * the new limits stays, it can only add nothing more. For admins of the installation, whether or not
 * they are members of the organization.
 */
export async function assignPlan(ctx: SlipwayContext, input: AssignPlan): Promise<AssignedPlan> {
  await requireInstallationAdmin(ctx);
  const { organizationId, plan, limits: wished } = AssignPlan.parse(input);
  const limits = ownLimits(wished);
  await ctx.db.transaction(async (tx) => {
    const [found] = await tx
      .select({ id: organization.id })
      .from(organization)
      .where(eq(organization.id, organizationId));
    if (found === undefined)
      throw slipwayError('not_found', `There is no organization "${organizationId}".`);
    await lockOrganization(tx, organizationId);
    await forgetCeiling(tx, organizationId);
    const [row] = await tx
      .select({ plan: organizationPlan.plan, limits: organizationPlan.limits })
      .from(organizationPlan)
      .where(eq(organizationPlan.organizationId, organizationId));
    const assignedAt = ctx.now();
    await tx
      .insert(organizationPlan)
      .values({ organizationId, plan, limits, assignedAt })
      .onConflictDoUpdate({
        target: organizationPlan.organizationId,
        set: { plan, limits, assignedAt },
      });
    const before = row ?? { plan: ctx.config.defaultPlan, limits: null };
    await recordAudit(tx, ctx, {
      organizationId,
      action: 'plan.assigned',
      entityId: organizationId,
      data: { before: told(before), after: told({ plan, limits }) },
    });
  });
  return { plan, limits };
}

function ownLimits(wished: AssignPlan['limits']): OwnLimits | null {
  if (wished === undefined) return null;
  const { rates, ...amounts } = wished;
  const own = {
    ...withoutUndefined(amounts),
    ...(rates && Object.keys(rates).length > 0 && { rates: withoutUndefined(rates) }),
  };
  return Object.keys(own).length === 0 ? null : own;
}

const told = ({ plan, limits }: AssignedPlan) => ({ plan, ...(limits !== null && { limits }) });
