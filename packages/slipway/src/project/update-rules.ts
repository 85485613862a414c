import { recordAudit } from '@repo/foundation/audit';
import { eq } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { forgetCeiling } from '../usage/ceiling.ts';
import { lockProject, requireProjectAsUser, rulesVersion } from './internal.ts';
import { type ProjectRules, UpdateProjectRules } from './schema.ts';
import { project } from './table.ts';

/**
 * Sets the rules for uploads from now on; files that are there stay.
 *
 * @throws `conflict` when `ifVersion` is no longer the version of the rules.
 */
export async function updateProjectRules(
  ctx: SlipwayContext,
  input: UpdateProjectRules,
): Promise<ProjectRules> {
  const { projectId, rules, ifVersion } = UpdateProjectRules.parse(input);
  await requireProjectAsUser(ctx, projectId, 'project.manage');
  await ctx.db.transaction(async (tx) => {
    const before = await lockProject(tx, projectId);
    if (ifVersion !== undefined && ifVersion !== rulesVersion(before.rules)) {
      throw slipwayError(
        'conflict',
        'Somebody else changed the rules meanwhile. Load them again, then make your change.',
        { details: { expected: ifVersion, received: rulesVersion(before.rules) } },
      );
    }
    await tx.update(project).set({ rules }).where(eq(project.id, projectId));
    await forgetCeiling(tx, projectId);
    await recordAudit(tx, ctx, {
      organizationId: before.organizationId,
      action: 'project.rules_changed',
      entityId: projectId,
      data: { from: before.rules, to: rules },
    });
  });
  return rules;
}
