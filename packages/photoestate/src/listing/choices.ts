import { user } from '@repo/foundation/auth';
import { member, requireOrganization } from '@repo/foundation/organization';
import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { AGENT_ROLES } from './internal.ts';
import { ByOrganization, type ListingChoices } from './schema.ts';
import { listing } from './table.ts';

const MOST_TAGS = 200;

/** Who can be an agent here, and which tags there are. */
export async function listingChoices(ctx: Context, input: ByOrganization): Promise<ListingChoices> {
  const { organizationId } = ByOrganization.parse(input);
  await requireOrganization(ctx, organizationId, 'listing.read');
  const [agents, { rows: tags }] = await Promise.all([
    ctx.db
      .select({ id: user.id, name: user.name })
      .from(member)
      .innerJoin(user, eq(user.id, member.userId))
      .where(and(eq(member.organizationId, organizationId), inArray(member.role, AGENT_ROLES)))
      .orderBy(asc(user.name), asc(user.id)),
    ctx.db.execute<{ tag: string }>(sql`
      select tag from ${listing}, unnest(tags) as tag
      where organization_id = ${organizationId} and deleted_at is null
      group by tag order by count(*) desc, tag limit ${MOST_TAGS}`),
  ]);
  return { agents, tags: tags.map(({ tag }) => tag) };
}
