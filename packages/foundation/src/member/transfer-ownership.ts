import { recordAudit } from '../audit/index.ts';
import { appError } from '../errors/index.ts';
import { member } from '../organization/index.ts';
import type { MemberContext } from './context.ts';
import { changeMembers, memberMatch, requireRoleOf } from './internal.ts';
import { revokeBeyond } from './revoke-beyond.ts';
import { MemberRef } from './schema.ts';

/** The member becomes owner; who hands it over stays as an admin. */
export async function transferOwnership(ctx: MemberContext, input: MemberRef): Promise<void> {
  const { organizationId } = input;
  const permission = 'organization.transfer' as const;
  await changeMembers(ctx, { organizationId, permission }, async (tx, actor) => {
    const { userId } = MemberRef.parse(input);
    if (userId === actor.userId) throw appError('conflict', 'You are the owner already.');
    const before = await requireRoleOf(tx, ctx.product, { organizationId, userId });
    const setRole = (of: string, role: 'owner' | 'admin') =>
      tx
        .update(member)
        .set({ role })
        .where(memberMatch({ organizationId, userId: of }));
    await setRole(userId, 'owner');
    await setRole(actor.userId, 'admin');
    const former = { organizationId, userId: actor.userId, role: 'admin' };
    const revoked = await revokeBeyond(tx, ctx, former);
    await recordAudit(tx, ctx, {
      organizationId,
      action: 'organization.transferred',
      entityId: userId,
      data: {
        before: { [actor.userId]: 'owner', [userId]: before },
        after: { [actor.userId]: 'admin', [userId]: 'owner' },
        ...revoked,
      },
    });
  });
}
