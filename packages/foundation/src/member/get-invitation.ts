import { eq } from 'drizzle-orm';
import { user } from '../auth/index.ts';
import { organization, roleIn } from '../organization/index.ts';
import type { MemberContext } from './context.ts';
import { type Obstacle, obstacleOf } from './invited-person.ts';
import { checkInvitationLink, invalidInvitation } from './link.ts';
import { InvitationLink } from './schema.ts';
import { invitation } from './table.ts';

export interface OfferedInvitation<R extends string = string> {
  organizationName: string;
  role: R;
  email: string;
  /** The organization's where whoever invited is gone. */
  invitedByName: string;
  expiresAt: Date;
  /** Why this person cannot accept it as they are. */
  obstacle: Obstacle | 'signed_out' | null;
}

/** What the holder of an invitation's link is offered, also before there is an account to accept it with. */
export async function getInvitation<R extends string>(
  ctx: MemberContext<R>,
  input: InvitationLink,
): Promise<OfferedInvitation<R>> {
  const link = InvitationLink.parse(input);
  checkInvitationLink(ctx, link);
  const [found] = await ctx.db
    .select({ row: invitation, organizationName: organization.name, invitedByName: user.name })
    .from(invitation)
    .innerJoin(organization, eq(organization.id, invitation.organizationId))
    .leftJoin(user, eq(user.id, invitation.invitedBy))
    .where(eq(invitation.id, link.invitationId));
  if (found === undefined || found.row.revokedAt !== null)
    throw invalidInvitation('This invitation was revoked.');
  if (found.row.acceptedAt !== null)
    throw invalidInvitation('This invitation was accepted already.');
  const { email, expiresAt } = found.row;
  const role = roleIn(ctx.product, found.row.role);
  const { organizationName } = found;
  const invitedByName = found.invitedByName ?? organizationName;
  const { actor } = ctx;
  const { obstacle } =
    actor.type === 'user'
      ? await obstacleOf(ctx.db, ctx, { userId: actor.userId, invited: email })
      : { obstacle: 'signed_out' as const };
  return { organizationName, role, email, invitedByName, expiresAt, obstacle };
}
