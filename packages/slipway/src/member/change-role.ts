import { recordAudit } from '@repo/foundation/audit';
import { member } from '@repo/foundation/organization';
import type { SlipwayContext } from '../context.ts';
import {
  changeMembers,
  memberMatch,
  requireAnotherOwner,
  requireAtLeast,
  requireRoleOf,
} from './internal.ts';
import { ChangeRole } from './schema.ts';

/** Counts from the member's next request on. */
export async function changeRole(ctx: SlipwayContext, input: ChangeRole): Promise<void> {
  const { organizationId } = input;
  await changeMembers(ctx, { organizationId, permission: 'member.manage' }, async (tx, actor) => {
    const { userId, role } = ChangeRole.parse(input);
    const before = await requireRoleOf(tx, { organizationId, userId });
    requireAtLeast(actor.role, before);
    requireAtLeast(actor.role, role);
    if (before === role) return;
    if (before === 'owner') await requireAnotherOwner(tx, organizationId);
    await tx.update(member).set({ role }).where(memberMatch({ organizationId, userId }));
    await recordAudit(tx, ctx, {
      organizationId,
      action: 'member.role_changed',
      entityId: userId,
      data: { before: { role: before }, after: { role } },
    });
  });
}
