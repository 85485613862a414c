import type { SlipwayContext } from '../context.ts';
import { endProject } from './end.ts';
import { lockProject, requireProjectAsUser } from './internal.ts';

/** The project and its keys are gone at once; its files are erased by a job. */
export async function deleteProject(ctx: SlipwayContext, projectId: string): Promise<void> {
  await requireProjectAsUser(ctx, projectId, 'project.manage');
  await ctx.db.transaction(async (tx) => {
    await endProject(tx, ctx, await lockProject(tx, projectId));
  });
}
