import { recordAudit } from '@repo/foundation/audit';
import { and, eq, isNull } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { changeMembers } from './internal.ts';
import { InvitationRef } from './schema.ts';
import { invitation } from './table.ts';

export async function revokeInvitation(ctx: SlipwayContext, input: InvitationRef): Promise<void> {
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
      throw slipwayError('not_found', `There is no open invitation "${invitationId}".`);
    await recordAudit(tx, ctx, {
      organizationId,
      action: 'member.invitation_revoked',
      entityId: invitationId,
      data: { before: { email: row.email, role: row.role } },
    });
  });
}
