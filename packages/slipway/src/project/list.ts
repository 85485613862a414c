import { requireOrganization } from '@repo/foundation/organization';
import { and, count, desc, eq, isNull, sum } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { file } from '../file/table.ts';
import { projectView } from './internal.ts';
import type { ProjectView } from './schema.ts';
import { project } from './table.ts';

export interface ProjectSummary extends ProjectView {
  files: number;
  bytes: number;
}

/** The organization's projects, newest first, with what they hold. */
export async function listProjects(
  ctx: SlipwayContext,
  organizationId: string,
): Promise<ProjectSummary[]> {
  await requireOrganization(ctx, organizationId, 'project.read');
  const rows = await ctx.db
    .select({ project, files: count(file.id), bytes: sum(file.size).mapWith(Number) })
    .from(project)
    .leftJoin(file, and(eq(file.projectId, project.id), eq(file.status, 'ready')))
    .where(and(eq(project.organizationId, organizationId), isNull(project.deletedAt)))
    .groupBy(project.id)
    .orderBy(desc(project.createdAt));
  return rows.map((row) => ({
    ...projectView(row.project),
    files: row.files,
    bytes: row.bytes ?? 0,
  }));
}
