import { listOrganizations } from '@repo/foundation/organization';
import { and, inArray, isNull } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { listing } from '../listing/table.ts';
import { ROLE_PERMISSIONS } from '../permission.ts';

/** Where somebody's day begins: among their listings, or with what was delivered to them. */
export type Home = 'listings' | 'delivered';

/**
 * Every account begins with an organization of its own. So whoever only looks at what others deliver is known by
 * being somebody's client, and having no listing anywhere.
 */
export async function findHome(ctx: Context): Promise<Home> {
  const organizations = await listOrganizations(ctx);
  const own = organizations.filter(({ role }) => ROLE_PERMISSIONS[role].includes('listing.read'));
  if (own.length === organizations.length) return 'listings';
  const ids = own.map(({ id }) => id);
  const [found] = await ctx.db
    .select({ id: listing.id })
    .from(listing)
    .where(and(inArray(listing.organizationId, ids), isNull(listing.deletedAt)))
    .limit(1);
  return found === undefined ? 'delivered' : 'listings';
}
