import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import { user } from '../auth/index.ts';
import type { Db, Tx } from '../db/index.ts';
import { type Channel, member, type Product } from '../organization/index.ts';
import type { NotificationContext } from './context.ts';
import { notificationOptOut } from './table.ts';

export interface Recipient {
  userId: string;
  email: string;
}

interface Told {
  organizationId: string;
  /** Whoever has one of these on. */
  kinds: readonly string[];
  channel: Channel;
  /** Nobody but these. */
  among?: readonly string[] | null;
}

/**
 * Members whom it concerns and who want to be told. What really leaves goes to confirmed addresses only:
 * somebody could have signed up with another person's, and names of files are theirs to choose.
 */
export async function recipientsOf(
  tx: Tx | Db,
  ctx: Pick<NotificationContext, 'mailer' | 'product'>,
  { organizationId, kinds, channel, among = null }: Told,
): Promise<Recipient[]> {
  const told = kinds.filter((kind) => ctx.product.notices[kind]?.channels.includes(channel));
  const roles = rolesToldOf(ctx.product, told);
  if (roles.length === 0) return [];
  const leaves = channel === 'mail' && ctx.mailer !== null;
  return tx
    .select({ userId: user.id, email: user.email })
    .from(member)
    .innerJoin(user, eq(user.id, member.userId))
    .where(
      and(
        eq(member.organizationId, organizationId),
        inArray(member.role, roles),
        among === null ? undefined : inArray(user.id, [...among]),
        leaves ? eq(user.emailVerified, true) : undefined,
        sql`(select count(*) from ${notificationOptOut} off
          where off.user_id = ${user.id} and off.channel = ${channel}
            and ${inArray(sql`off.kind`, told)}) < ${told.length}`,
      ),
    )
    .orderBy(asc(user.id));
}

function rolesToldOf({ roles, notices }: Product, kinds: readonly string[]): string[] {
  return Object.entries(roles)
    .filter(([, permissions]) =>
      kinds.some((kind) => permissions.includes(notices[kind]?.permission ?? '')),
    )
    .map(([role]) => role);
}
