import { and, asc, desc, eq, gt, isNull, sql } from 'drizzle-orm';
import { user } from '../auth/index.ts';
import {
  member,
  organization,
  requireMember,
  requirePermission,
  roleIn,
} from '../organization/index.ts';
import { pictureUrl, profile } from '../profile/index.ts';
import type { MemberContext } from './context.ts';
import { invitationUrl } from './link.ts';
import { invitation } from './table.ts';

export interface MemberView<R extends string = string> {
  userId: string;
  name: string;
  email: string;
  role: R;
  /** Where their picture is. */
  picture: string | null;
  joinedAt: Date;
}

export interface InvitationView<R extends string = string> {
  id: string;
  email: string;
  role: R;
  /** The organization's where whoever invited is gone. */
  invitedByName: string;
  createdAt: Date;
  expiresAt: Date;
  /** To be sent to the invited, and good for them alone. */
  url: string;
}

export interface Members<R extends string = string> {
  role: R;
  members: MemberView<R>[];
  /** Empty for those who may not invite. */
  invitations: InvitationView<R>[];
}

/** Who belongs to the organization, and who is invited. */
export async function listMembers<R extends string>(
  ctx: MemberContext<R>,
  organizationId: string,
): Promise<Members<R>> {
  const role = await requireMember(ctx, organizationId);
  requirePermission(ctx.product, role, ctx.product.seeMembers);
  const rows = await ctx.db
    .select({
      userId: user.id,
      name: user.name,
      email: user.email,
      role: member.role,
      joinedAt: member.createdAt,
      fileId: profile.pictureFileId,
    })
    .from(member)
    .innerJoin(user, eq(user.id, member.userId))
    .leftJoin(profile, eq(profile.userId, member.userId))
    .where(eq(member.organizationId, organizationId))
    .orderBy(asc(member.createdAt), asc(user.id));
  const members = rows.map(({ fileId, ...row }) => ({
    ...row,
    role: roleIn(ctx.product, row.role),
    picture: pictureUrl(ctx.product, { userId: row.userId, fileId }),
  }));
  const mayInvite = ctx.product.roles[role].includes('member.manage');
  const invitations = mayInvite ? await openInvitations(ctx, organizationId) : [];
  return { role, members, invitations };
}

async function openInvitations<R extends string>(
  ctx: MemberContext<R>,
  organizationId: string,
): Promise<InvitationView<R>[]> {
  const rows = await ctx.db
    .select({
      row: invitation,
      invitedByName: sql<string>`coalesce(${user.name}, ${organization.name})`,
    })
    .from(invitation)
    .innerJoin(organization, eq(organization.id, invitation.organizationId))
    .leftJoin(user, eq(user.id, invitation.invitedBy))
    .where(
      and(
        eq(invitation.organizationId, organizationId),
        isNull(invitation.acceptedAt),
        isNull(invitation.revokedAt),
        gt(invitation.expiresAt, ctx.now()),
      ),
    )
    .orderBy(desc(invitation.createdAt), desc(invitation.id));
  return rows.map(({ row, invitedByName }) => ({
    id: row.id,
    email: row.email,
    role: roleIn(ctx.product, row.role),
    invitedByName,
    createdAt: row.createdAt,
    expiresAt: row.expiresAt,
    url: invitationUrl(ctx, row),
  }));
}
