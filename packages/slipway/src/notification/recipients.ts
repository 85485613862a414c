import { user } from '@repo/foundation/auth';
import type { Db, Tx } from '@repo/foundation/db';
import { member } from '@repo/foundation/organization';
import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { MEMBER_ROLES, ROLE_PERMISSIONS } from '../permission.ts';
import { KINDS, type NotificationKind } from './kinds.ts';
import { notificationOptOut } from './table.ts';

export interface Recipient {
  userId: string;
  email: string;
}

/**
 * Members whom it concerns and who want to be told. What really leaves goes to confirmed addresses only:
 * somebody could have signed up with another person's, and names of files are theirs to choose.
 */
export async function recipientsOf(
  tx: Tx | Db,
  ctx: Pick<SlipwayContext, 'mailer'>,
  { organizationId, kind }: { organizationId: string; kind: NotificationKind },
): Promise<Recipient[]> {
  const { permission } = KINDS[kind];
  const roles = MEMBER_ROLES.filter((role) => ROLE_PERMISSIONS[role].includes(permission));
  return tx
    .select({ userId: user.id, email: user.email })
    .from(member)
    .innerJoin(user, eq(user.id, member.userId))
    .leftJoin(
      notificationOptOut,
      and(eq(notificationOptOut.userId, user.id), eq(notificationOptOut.kind, kind)),
    )
    .where(
      and(
        eq(member.organizationId, organizationId),
        inArray(member.role, roles),
        isNull(notificationOptOut.userId),
        ctx.mailer === null ? undefined : eq(user.emailVerified, true),
      ),
    )
    .orderBy(asc(user.id));
}
