import { user } from '@repo/foundation/auth';
import { member, organization, requireUser } from '@repo/foundation/organization';
import { and, desc, eq, gt, inArray, isNull, or, sql } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { listing } from '../listing/table.ts';
import { ROLE_PERMISSIONS, ROLES } from '../permission.ts';
import type { DeliveredToMe } from './schema.ts';
import { delivery, deliveryPhoto } from './table.ts';

const MOST = 200;
const LOOKERS = ROLES.filter((role) => ROLE_PERMISSIONS[role].includes('gallery.read'));

/** What was delivered to the address of whoever is signed in, by studios whose member they are. */
export async function listDeliveredToMe(ctx: Context): Promise<DeliveredToMe[]> {
  const userId = requireUser(ctx);
  const rows = await ctx.db
    .select({
      row: delivery,
      address: listing.address,
      organizationName: organization.name,
      photos: sql<number>`(select count(*)::int from ${deliveryPhoto} p where p.delivery_id = ${delivery.id})`,
    })
    .from(delivery)
    .innerJoin(listing, eq(listing.id, delivery.listingId))
    .innerJoin(organization, eq(organization.id, delivery.organizationId))
    .innerJoin(member, eq(member.organizationId, delivery.organizationId))
    .innerJoin(user, eq(user.id, member.userId))
    .where(
      and(
        eq(user.id, userId),
        inArray(member.role, LOOKERS),
        sql`${delivery.recipients} ? lower(${user.email})`,
        isNull(listing.deletedAt),
        isNull(delivery.revokedAt),
        or(isNull(delivery.expiresAt), gt(delivery.expiresAt, ctx.now())),
      ),
    )
    .orderBy(desc(delivery.createdAt), desc(delivery.id))
    .limit(MOST);
  return rows.map(({ row, address, organizationName, photos }) => ({
    id: row.id,
    ...{ address, organizationName, photos },
    coverUrl: null,
    deliveredAt: row.createdAt,
    decision: row.decision,
  }));
}
