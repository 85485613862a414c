import { recordAudit } from '@repo/foundation/audit';
import { member, requireUser } from '@repo/foundation/organization';
import { eq } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { findRole, lockOrganization } from './internal.ts';
import { checkInvitationLink, invalidInvitation } from './link.ts';
import { InvitationLink } from './schema.ts';
import { invitation } from './table.ts';

/**
 * Makes the signed-in user a member. The link is the permission: it is secret, signed, good for
 * seven days, and for the first who uses it.
 *
 * @throws `invitation_invalid`; `conflict` for somebody who is a member already.
 */
export async function acceptInvitation(
  ctx: SlipwayContext,
  input: InvitationLink,
): Promise<{ organizationId: string }> {
  const userId = requireUser(ctx);
  const link = InvitationLink.parse(input);
  checkInvitationLink(ctx, link);
  return ctx.db.transaction(async (tx) => {
    const [row] = await tx
      .select()
      .from(invitation)
      .where(eq(invitation.id, link.invitationId))
      .for('update');
    if (row === undefined || row.revokedAt !== null)
      throw invalidInvitation('This invitation was taken back.');
    if (row.acceptedAt !== null) throw invalidInvitation('This invitation was accepted already.');
    const { organizationId, role, email } = row;
    await lockOrganization(tx, organizationId);
    if ((await findRole(tx, { organizationId, userId })) !== null)
      throw slipwayError('conflict', 'You are a member of this organization already.');
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
