import { recordAudit } from '@repo/foundation/audit';
import { eq } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { lockProject, requireProjectAsUser } from './internal.ts';
import { RenameProject } from './schema.ts';
import { project } from './table.ts';

export async function renameProject(ctx: SlipwayContext, input: RenameProject): Promise<void> {
  const { projectId, name } = RenameProject.parse(input);
  await requireProjectAsUser(ctx, projectId, 'project.manage');
  await ctx.db.transaction(async (tx) => {
    const before = await lockProject(tx, projectId);
    await tx.update(project).set({ name }).where(eq(project.id, projectId));
    await recordAudit(tx, ctx, {
      organizationId: before.organizationId,
      action: 'project.renamed',
      entityId: projectId,
      data: { from: before.name, to: name },
    });
  });
}
