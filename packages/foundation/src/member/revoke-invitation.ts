import { and, eq, isNull } from 'drizzle-orm';
import { recordAudit } from '../audit/index.ts';
import { appError } from '../errors/index.ts';
import type { MemberContext } from './context.ts';
import { changeMembers } from './internal.ts';
import { InvitationRef } from './schema.ts';
import { invitation } from './table.ts';

export async function revokeInvitation(ctx: MemberContext, input: InvitationRef): Promise<void> {
  const { organizationId } = input;
  await changeMembers(ctx, { organizationId, permission: 'member.manage' }, async (tx) => {
    const { invitationId } = InvitationRef.parse(input);
    const [row] = await tx
      .update(invitation)
      .set({ revokedAt: ctx.now() })
      .where(
        and(
          eq(invitation.id, invitationId),
          eq(invitation.organizationId, organizationId),
          isNull(invitation.acceptedAt),
          isNull(invitation.revokedAt),
        ),
      )
      .returning();
    if (row === undefined)
      throw appError('not_found', `There is no open invitation "${invitationId}".`);
    await recordAudit(tx, ctx, {
      organizationId,
      action: 'member.invitation_revoked',
      entityId: invitationId,
      data: { before: { email: row.email, role: row.role } },
    });
  });
}
