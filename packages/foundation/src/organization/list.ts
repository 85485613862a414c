import { asc, eq } from 'drizzle-orm';
import type { BaseContext } from '../context/index.ts';
import { requireUser } from './require-member.ts';
import { type MemberRole, member, organization } from './table.ts';

export interface OrganizationSummary {
  id: string;
  name: string;
  role: MemberRole;
}

/** The signed-in user's organizations, oldest first. */
export async function listOrganizations(ctx: BaseContext): Promise<OrganizationSummary[]> {
  const userId = requireUser(ctx);
  return ctx.db
    .select({ id: organization.id, name: organization.name, role: member.role })
    .from(member)
    .innerJoin(organization, eq(organization.id, member.organizationId))
    .where(eq(member.userId, userId))
    .orderBy(asc(organization.createdAt));
}
