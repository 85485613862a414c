import { recordAudit } from '../audit/index.ts';
import { member } from '../organization/index.ts';
import type { MemberContext } from './context.ts';
import {
  changeMembers,
  memberMatch,
  parseRole,
  requireAnotherOwner,
  requireAtLeast,
  requireRoleOf,
} from './internal.ts';
import { revokeBeyond } from './revoke-beyond.ts';
import { ChangeRole } from './schema.ts';

/** Counts from the member's next request on. */
export async function changeRole(ctx: MemberContext, input: ChangeRole): Promise<void> {
  const { organizationId } = input;
  await changeMembers(ctx, { organizationId, permission: 'member.manage' }, async (tx, actor) => {
    const { userId, role: wanted } = ChangeRole.parse(input);
    const role = parseRole(ctx.product, wanted);
    const before = await requireRoleOf(tx, ctx.product, { organizationId, userId });
    requireAtLeast(ctx.product, actor.role, before);
    requireAtLeast(ctx.product, actor.role, role);
    if (before === role) return;
    if (before === 'owner') await requireAnotherOwner(tx, organizationId);
    await tx.update(member).set({ role }).where(memberMatch({ organizationId, userId }));
    const revoked = await revokeBeyond(tx, ctx, { organizationId, userId, role });
    await recordAudit(tx, ctx, {
      organizationId,
      action: 'member.role_changed',
      entityId: userId,
      data: { before: { role: before }, after: { role }, ...revoked },
    });
  });
}
