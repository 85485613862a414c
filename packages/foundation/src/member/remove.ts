import { recordAudit } from '../audit/index.ts';
import { member } from '../organization/index.ts';
import type { MemberContext } from './context.ts';
import {
  changeMembers,
  memberMatch,
  requireAnotherOwner,
  requireAtLeast,
  requireRoleOf,
} from './internal.ts';
import { revokeBeyond } from './revoke-beyond.ts';
import { MemberRef } from './schema.ts';

/** From the commit on the organization does not exist for them, whatever sessions they have open; nor do invitations of theirs. */
export async function removeMember(ctx: MemberContext, input: MemberRef): Promise<void> {
  const { organizationId } = input;
  await changeMembers(ctx, { organizationId, permission: 'member.manage' }, async (tx, actor) => {
    const { userId } = MemberRef.parse(input);
    const role = await requireRoleOf(tx, ctx.product, { organizationId, userId });
    requireAtLeast(ctx.product, actor.role, role);
    if (role === 'owner') await requireAnotherOwner(tx, organizationId);
    await tx.delete(member).where(memberMatch({ organizationId, userId }));
    const revoked = await revokeBeyond(tx, ctx, { organizationId, userId, role: null });
    await recordAudit(tx, ctx, {
      organizationId,
      action: 'member.removed',
      entityId: userId,
      data: { before: { role }, ...revoked },
    });
  });
}
