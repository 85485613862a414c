import { organization, requireMember } from '@repo/foundation/organization';
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { type MemberRole, requireOfRole } from '../permission.ts';
import { project } from '../project/table.ts';
import { monthOf } from '../usage/month.ts';
import { organizationUsage } from '../usage/organization-usage.ts';

export interface OrganizationDetail {
  id: string;
  name: string;
  createdAt: Date;
  role: MemberRole;
  /** What would go with it. */
  projects: { id: string; name: string }[];
  files: number;
  bytes: number;
}

export async function getOrganization(
  ctx: SlipwayContext,
  organizationId: string,
): Promise<OrganizationDetail> {
  const role = await requireMember(ctx, organizationId);
  requireOfRole(role, 'project.read');
  const [row] = await ctx.db.select().from(organization).where(eq(organization.id, organizationId));
  if (row === undefined)
    throw slipwayError('not_found', `There is no organization "${organizationId}".`);
  const alive = and(eq(project.organizationId, organizationId), isNull(project.deletedAt));
  const projects = await ctx.db
    .select({ id: project.id, name: project.name })
    .from(project)
    .where(alive)
    .orderBy(sql`lower(${project.name})`, project.id);
  const month = monthOf(ctx.now());
  const { files, bytes } = await organizationUsage(ctx.db, { organizationId, month });
  return { id: row.id, name: row.name, createdAt: row.createdAt, role, projects, files, bytes };
}
