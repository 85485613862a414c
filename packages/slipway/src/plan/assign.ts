import { recordAudit } from '@repo/foundation/audit';
import { organization } from '@repo/foundation/organization';
import { eq } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { requireInstallationAdmin } from '../installation/require-admin.ts';
import { planOf } from './plan-of.ts';
import type { PlanName } from './plans.ts';
import { lockOrganization } from './quota-room.ts';
import { AssignPlan } from './schema.ts';
import { organizationPlan } from './table.ts';

/**
 * Gives an organization a plan; what it has above the new limits stays, it can only add nothing more.
 * For admins of the installation, whether or not they are members of the organization.
 */
export async function assignPlan(
  ctx: SlipwayContext,
  input: AssignPlan,
): Promise<{ plan: PlanName }> {
  await requireInstallationAdmin(ctx);
  const { organizationId, plan } = AssignPlan.parse(input);
  await ctx.db.transaction(async (tx) => {
    const [found] = await tx
      .select({ id: organization.id })
      .from(organization)
      .where(eq(organization.id, organizationId));
    if (found === undefined)
      throw slipwayError('not_found', `There is no organization "${organizationId}".`);
    await lockOrganization(tx, organizationId);
    const before = await planOf({ config: ctx.config, db: tx }, organizationId);
    const assignedAt = ctx.now();
    await tx
      .insert(organizationPlan)
      .values({ organizationId, plan, assignedAt })
      .onConflictDoUpdate({ target: organizationPlan.organizationId, set: { plan, assignedAt } });
    await recordAudit(tx, ctx, {
      organizationId,
      action: 'plan.assigned',
      entityId: organizationId,
      data: { before: { plan: before }, after: { plan } },
    });
  });
  return { plan };
}
