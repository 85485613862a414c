import { recordAudit } from '@repo/foundation/audit';
import { member } from '@repo/foundation/organization';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { changeMembers, memberMatch, requireRoleOf } from './internal.ts';
import { MemberRef } from './schema.ts';

/** The member becomes owner; who hands it over stays as an admin. */
export async function transferOwnership(ctx: SlipwayContext, input: MemberRef): Promise<void> {
  const { organizationId } = input;
  const permission = 'organization.transfer' as const;
  await changeMembers(ctx, { organizationId, permission }, async (tx, actor) => {
    const { userId } = MemberRef.parse(input);
    if (userId === actor.userId) throw slipwayError('conflict', 'You are the owner already.');
    const before = await requireRoleOf(tx, { organizationId, userId });
    const setRole = (of: string, role: 'owner' | 'admin') =>
      tx
        .update(member)
        .set({ role })
        .where(memberMatch({ organizationId, userId: of }));
    await setRole(userId, 'owner');
    await setRole(actor.userId, 'admin');
    await recordAudit(tx, ctx, {
      organizationId,
      action: 'organization.transferred',
      entityId: userId,
      data: {
        before: { [actor.userId]: 'owner', [userId]: before },
        after: { [actor.userId]: 'admin', [userId]: 'owner' },
      },
    });
  });
}
