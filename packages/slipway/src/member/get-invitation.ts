import { user } from '@repo/foundation/auth';
import { type MemberRole, organization, requireUser } from '@repo/foundation/organization';
import { eq } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { type Obstacle, obstacleOf } from './invited-person.ts';
import { checkInvitationLink, invalidInvitation } from './link.ts';
import { InvitationLink } from './schema.ts';
import { invitation } from './table.ts';

export interface OfferedInvitation {
  organizationName: string;
  role: MemberRole;
  email: string;
  invitedByName: string;
  expiresAt: Date;
  /** Why this person cannot accept it. */
  obstacle: Obstacle | null;
}

/** What the holder of an invitation's link is offered. */
export async function getInvitation(
  ctx: SlipwayContext,
  input: InvitationLink,
): Promise<OfferedInvitation> {
  const userId = requireUser(ctx);
  const link = InvitationLink.parse(input);
  checkInvitationLink(ctx, link);
  const [found] = await ctx.db
    .select({ row: invitation, organizationName: organization.name, invitedByName: user.name })
    .from(invitation)
    .innerJoin(organization, eq(organization.id, invitation.organizationId))
    .innerJoin(user, eq(user.id, invitation.invitedBy))
    .where(eq(invitation.id, link.invitationId));
  if (found === undefined || found.row.revokedAt !== null)
    throw invalidInvitation('This invitation was taken back.');
  if (found.row.acceptedAt !== null)
    throw invalidInvitation('This invitation was accepted already.');
  const { role, email, expiresAt } = found.row;
  const { organizationName, invitedByName } = found;
  const { obstacle } = await obstacleOf(ctx.db, ctx, { userId, invited: email });
  return { organizationName, role, email, invitedByName, expiresAt, obstacle };
}
