import { eq } from 'drizzle-orm';
import { recordAudit } from '../audit/index.ts';
import { appError } from '../errors/index.ts';
import { member, requireUser } from '../organization/index.ts';
import type { MemberContext } from './context.ts';
import { findRole, lockOrganization } from './internal.ts';
import { obstacleOf, refusalOf } from './invited-person.ts';
import { checkInvitationLink, invalidInvitation } from './link.ts';
import { InvitationLink } from './schema.ts';
import { invitation } from './table.ts';

/**
 * Makes the signed-in user a member. The link is secret, signed, and good for seven days, once; and only
 * for whom it was made out to.
 *
 * @throws `invitation_invalid`; `invitation_other_address`, `address_unconfirmed` for anybody else;
 * `conflict` for somebody who is a member already.
 */
export async function acceptInvitation(
  ctx: MemberContext,
  input: InvitationLink,
): Promise<{ organizationId: string }> {
  const userId = requireUser(ctx);
  const link = InvitationLink.parse(input);
  checkInvitationLink(ctx, link);
  return ctx.db.transaction(async (tx) => {
    const [of] = await tx
      .select({ organizationId: invitation.organizationId })
      .from(invitation)
      .where(eq(invitation.id, link.invitationId));
    // The organization first, like everybody else who changes its members or invitations.
    if (of !== undefined) await lockOrganization(tx, of.organizationId);
    const [row] = await tx
      .select()
      .from(invitation)
      .where(eq(invitation.id, link.invitationId))
      .for('update');
    if (row === undefined || row.revokedAt !== null)
      throw invalidInvitation('This invitation was revoked.');
    if (row.acceptedAt !== null) throw invalidInvitation('This invitation was accepted already.');
    const { organizationId, role, email } = row;
    const { obstacle, ...found } = await obstacleOf(tx, ctx, { userId, invited: email });
    if (obstacle !== null) throw refusalOf(obstacle, { invited: email, ...found });
    if ((await findRole(tx, ctx.product, { organizationId, userId })) !== null)
      throw appError('conflict', 'You are a member of this organization already.');
    const now = ctx.now();
    await tx.insert(member).values({ organizationId, userId, role, createdAt: now });
    await tx
      .update(invitation)
      .set({ acceptedAt: now, acceptedBy: userId })
      .where(eq(invitation.id, row.id));
    await recordAudit(tx, ctx, {
      organizationId,
      action: 'member.joined',
      entityId: userId,
      data: { invitationId: row.id, invitedAs: email, after: { role } },
    });
    return { organizationId };
  });
}
