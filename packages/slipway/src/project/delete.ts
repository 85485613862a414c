import { recordAudit } from '@repo/foundation/audit';
import { eq } from 'drizzle-orm';
import { apiKey } from '../api-key/table.ts';
import type { SlipwayContext } from '../context.ts';
import { lockProject, requireProjectAsUser } from './internal.ts';
import { eraseProjectJob } from './jobs.ts';
import { project } from './table.ts';

/** The project and its key are gone at once; its files are erased by a job. */
export async function deleteProject(ctx: SlipwayContext, projectId: string): Promise<void> {
  await requireProjectAsUser(ctx, projectId, 'project.manage');
  await ctx.db.transaction(async (tx) => {
    const before = await lockProject(tx, projectId);
    await tx.update(project).set({ deletedAt: ctx.now() }).where(eq(project.id, projectId));
    await tx.delete(apiKey).where(eq(apiKey.projectId, projectId));
    await recordAudit(tx, ctx, {
      organizationId: before.organizationId,
      action: 'project.deleted',
      entityId: projectId,
      data: { before: { name: before.name, rules: before.rules } },
    });
    await ctx.queue.enqueue(tx, eraseProjectJob, { payload: { projectId } });
  });
}
