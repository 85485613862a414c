import { asc, eq } from 'drizzle-orm';
import { roleIn } from './product.ts';
import { type OrganizationContext, requireUser } from './require-member.ts';
import { member, organization } from './table.ts';

export interface OrganizationSummary<R extends string = string> {
  id: string;
  name: string;
  role: R;
}

/** The signed-in user's organizations, oldest first. */
export async function listOrganizations<R extends string>(
  ctx: OrganizationContext<R>,
): Promise<OrganizationSummary<R>[]> {
  const userId = requireUser(ctx);
  const rows = await ctx.db
    .select({ id: organization.id, name: organization.name, role: member.role })
    .from(member)
    .innerJoin(organization, eq(organization.id, member.organizationId))
    .where(eq(member.userId, userId))
    .orderBy(asc(organization.createdAt));
  return rows.map((row) => ({ ...row, role: roleIn(ctx.product, row.role) }));
}
