import { user } from '@repo/foundation/auth';
import { type MemberRole, member } from '@repo/foundation/organization';
import { and, asc, desc, eq, gt, isNull } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { ROLE_PERMISSIONS, requireOrganization } from '../permission.ts';
import { invitationUrl } from './link.ts';
import { invitation } from './table.ts';

export interface MemberView {
  userId: string;
  name: string;
  email: string;
  role: MemberRole;
  joinedAt: Date;
}

export interface InvitationView {
  id: string;
  email: string;
  role: MemberRole;
  invitedByName: string;
  createdAt: Date;
  expiresAt: Date;
  /** To be sent to the invited, and good for them alone. */
  url: string;
}

export interface Members {
  role: MemberRole;
  members: MemberView[];
  /** Empty for those who may not invite. */
  invitations: InvitationView[];
}

/** Who belongs to the organization, and who is invited. */
export async function listMembers(ctx: SlipwayContext, organizationId: string): Promise<Members> {
  const role = await requireOrganization(ctx, organizationId, 'project.read');
  const members = await ctx.db
    .select({
      userId: user.id,
      name: user.name,
      email: user.email,
      role: member.role,
      joinedAt: member.createdAt,
    })
    .from(member)
    .innerJoin(user, eq(user.id, member.userId))
    .where(eq(member.organizationId, organizationId))
    .orderBy(asc(member.createdAt), asc(user.id));
  const mayInvite = ROLE_PERMISSIONS[role].includes('member.manage');
  const invitations = mayInvite ? await openInvitations(ctx, organizationId) : [];
  return { role, members, invitations };
}

async function openInvitations(
  ctx: SlipwayContext,
  organizationId: string,
): Promise<InvitationView[]> {
  const rows = await ctx.db
    .select({ row: invitation, invitedByName: user.name })
    .from(invitation)
    .innerJoin(user, eq(user.id, invitation.invitedBy))
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
    role: row.role,
    invitedByName,
    createdAt: row.createdAt,
    expiresAt: row.expiresAt,
    url: invitationUrl(ctx, row),
  }));
}
