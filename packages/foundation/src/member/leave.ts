import { recordAudit } from '../audit/index.ts';
import { member } from '../organization/index.ts';
import type { MemberContext } from './context.ts';
import { changeMembers, memberMatch, requireAnotherOwner } from './internal.ts';

/** Everybody may leave, but for the last owner. */
export async function leaveOrganization(ctx: MemberContext, organizationId: string): Promise<void> {
  const permission = null;
  await changeMembers(ctx, { organizationId, permission }, async (tx, { userId, role }) => {
    if (role === 'owner') await requireAnotherOwner(tx, organizationId);
    await tx.delete(member).where(memberMatch({ organizationId, userId }));
    await recordAudit(tx, ctx, {
      organizationId,
      action: 'member.left',
      entityId: userId,
      data: { before: { role } },
    });
  });
}
