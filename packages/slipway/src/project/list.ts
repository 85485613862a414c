import { requireOrganization } from '@repo/foundation/organization';
import { and, desc, eq, isNull, type SQL, sql } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { projectUsage, usageEntry } from '../usage/table.ts';
import { projectView } from './internal.ts';
import type { ProjectView } from './schema.ts';
import { project } from './table.ts';

export interface ProjectSummary extends ProjectView {
  files: number;
  bytes: number;
}

/**
 * The organization's projects, newest first, with what they store: one statement, so one view of the
 * counted totals and of the ledger's newer entries.
 */
export async function listProjects(
  ctx: SlipwayContext,
  organizationId: string,
): Promise<ProjectSummary[]> {
  await requireOrganization(ctx, organizationId, 'project.read');
  const rows = await ctx.db
    .select({
      project,
      files: stored(sql`coalesce(${projectUsage.files}, 0) + ${fresh(sql`files`)}`),
      bytes: stored(sql`coalesce(${projectUsage.bytes}, 0) + ${fresh(sql`bytes`)}`),
    })
    .from(project)
    .leftJoin(projectUsage, eq(projectUsage.projectId, project.id))
    .where(and(eq(project.organizationId, organizationId), isNull(project.deletedAt)))
    .orderBy(desc(project.createdAt));
  return rows.map(({ project, ...held }) => ({ ...projectView(project), ...held }));
}

const stored = (sum: SQL) => sql`${sum}`.mapWith(Number);

const fresh = (column: SQL) => sql`(
  select coalesce(sum(${column}), 0) from ${usageEntry}
  where ${usageEntry.projectId} = ${project.id} and ${usageEntry.countedAt} is null)`;
