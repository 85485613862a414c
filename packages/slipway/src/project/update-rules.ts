import { recordAudit } from '@repo/foundation/audit';
import { eq } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { lockProject, requireProjectAsUser } from './internal.ts';
import { type ProjectRules, UpdateProjectRules } from './schema.ts';
import { project } from './table.ts';

/** Sets the rules for uploads from now on; files that are there stay. */
export async function updateProjectRules(
  ctx: SlipwayContext,
  input: UpdateProjectRules,
): Promise<ProjectRules> {
  const { projectId, rules } = UpdateProjectRules.parse(input);
  await requireProjectAsUser(ctx, projectId);
  await ctx.db.transaction(async (tx) => {
    const before = await lockProject(tx, projectId);
    await tx.update(project).set({ rules }).where(eq(project.id, projectId));
    await recordAudit(tx, ctx, {
      organizationId: before.organizationId,
      action: 'project.rules_changed',
      entityId: projectId,
      data: { from: before.rules, to: rules },
    });
  });
  return rules;
}
