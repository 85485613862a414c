import type { SlipwayContext } from '../context.ts';
import { projectView, requireProject } from './internal.ts';
import type { ProjectView } from './schema.ts';

export async function getProject(
  ctx: SlipwayContext,
  projectId: string,
): Promise<ProjectView & { organizationId: string }> {
  const row = await requireProject(ctx, projectId, 'project.read');
  return { ...projectView(row), organizationId: row.organizationId };
}
