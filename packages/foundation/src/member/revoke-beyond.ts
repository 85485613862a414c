import { and, eq, gt, inArray, isNull } from 'drizzle-orm';
import type { Tx } from '../db/index.ts';
import type { Product } from '../organization/index.ts';
import type { MemberContext } from './context.ts';
import { invitation } from './table.ts';

interface Sender<R extends string> {
  organizationId: string;
  userId: string;
  /** What they are from now on; null for somebody who was removed. */
  role: R | null;
}

/**
 * Takes back what somebody could not send any more: whoever loses a role keeps no way back to it by an address of
 * their own that they invited before. Who leaves by themselves leaves their invitations to the organization.
 *
 * @returns how many that were, for the audit entry
 */
export async function revokeBeyond<R extends string>(
  tx: Tx,
  ctx: Pick<MemberContext<R>, 'product' | 'now'>,
  { organizationId, userId, role }: Sender<R>,
): Promise<{ invitationsRevoked?: number }> {
  const beyond = Object.keys(ctx.product.roles).filter(
    (offered) => role === null || !mayOffer(ctx.product, role, offered as R),
  );
  const revoked = await tx
    .update(invitation)
    .set({ revokedAt: ctx.now() })
    .where(
      and(
        eq(invitation.organizationId, organizationId),
        eq(invitation.invitedBy, userId),
        inArray(invitation.role, beyond),
        isNull(invitation.acceptedAt),
        isNull(invitation.revokedAt),
        gt(invitation.expiresAt, ctx.now()),
      ),
    )
    .returning({ id: invitation.id });
  return revoked.length === 0 ? {} : { invitationsRevoked: revoked.length };
}

function mayOffer<R extends string>({ roles }: Product<R>, mine: R, offered: R): boolean {
  const own = roles[mine];
  return own.includes('member.manage') && roles[offered].every((each) => own.includes(each));
}
