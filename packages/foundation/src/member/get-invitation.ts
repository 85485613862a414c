import { eq } from 'drizzle-orm';
import { user } from '../auth/index.ts';
import { organization, requireUser, roleIn } from '../organization/index.ts';
import type { MemberContext } from './context.ts';
import { type Obstacle, obstacleOf } from './invited-person.ts';
import { checkInvitationLink, invalidInvitation } from './link.ts';
import { InvitationLink } from './schema.ts';
import { invitation } from './table.ts';

export interface OfferedInvitation<R extends string = string> {
  organizationName: string;
  role: R;
  email: string;
  invitedByName: string;
  expiresAt: Date;
  /** Why this person cannot accept it. */
  obstacle: Obstacle | null;
}

/** What the holder of an invitation's link is offered. */
export async function getInvitation<R extends string>(
  ctx: MemberContext<R>,
  input: InvitationLink,
): Promise<OfferedInvitation<R>> {
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
  const { email, expiresAt } = found.row;
  const role = roleIn(ctx.product, found.row.role);
  const { organizationName, invitedByName } = found;
  const { obstacle } = await obstacleOf(ctx.db, ctx, { userId, invited: email });
  return { organizationName, role, email, invitedByName, expiresAt, obstacle };
}
