import { recordAudit } from '@repo/foundation/audit';
import { user } from '@repo/foundation/auth';
import type { Tx } from '@repo/foundation/db';
import { newId } from '@repo/foundation/ids';
import { member } from '@repo/foundation/organization';
import { and, count, eq, gt, isNull, sql } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { changeMembers, requireAtLeast } from './internal.ts';
import { invitationCreatedJob } from './jobs.ts';
import { invitationUrl } from './link.ts';
import { InviteMember } from './schema.ts';
import { invitation } from './table.ts';

const WEEK_MS = 7 * 86_400_000;
const MOST_OPEN = 100;

/**
 * Invites somebody by their address: a link that is good for seven days, once. A later invitation
 * of the same address takes the place of an earlier one.
 *
 * @throws `conflict` for somebody who is a member already, or when too many invitations are open.
 */
export async function inviteMember(
  ctx: SlipwayContext,
  input: InviteMember,
): Promise<{ id: string; url: string }> {
  const permission = 'member.manage' as const;
  const { organizationId } = input;
  return changeMembers(ctx, { organizationId, permission }, async (tx, actor) => {
    const { email, role } = InviteMember.parse(input);
    requireAtLeast(actor.role, role);
    await requireNoMember(tx, { organizationId, email });
    await replaceEarlier(tx, ctx, { organizationId, email });
    const now = ctx.now();
    const [row] = await tx
      .insert(invitation)
      .values({
        id: newId('inv'),
        organizationId,
        email,
        role,
        invitedBy: actor.userId,
        createdAt: now,
        expiresAt: new Date(now.getTime() + WEEK_MS),
      })
      .returning();
    if (row === undefined) throw new Error('the new invitation was not returned');
    await recordAudit(tx, ctx, {
      organizationId,
      action: 'member.invited',
      entityId: row.id,
      data: { after: { email, role } },
    });
    await ctx.queue.enqueue(tx, invitationCreatedJob, { payload: { invitationId: row.id } });
    return { id: row.id, url: invitationUrl(ctx, row) };
  });
}

async function requireNoMember(tx: Tx, who: { organizationId: string; email: string }) {
  const [found] = await tx
    .select({ id: user.id })
    .from(member)
    .innerJoin(user, eq(user.id, member.userId))
    .where(
      and(eq(member.organizationId, who.organizationId), eq(sql`lower(${user.email})`, who.email)),
    );
  if (found !== undefined)
    throw slipwayError('conflict', `${who.email} is a member of this organization already.`);
}

async function replaceEarlier(
  tx: Tx,
  ctx: SlipwayContext,
  { organizationId, email }: { organizationId: string; email: string },
) {
  const open = and(
    eq(invitation.organizationId, organizationId),
    isNull(invitation.acceptedAt),
    isNull(invitation.revokedAt),
    gt(invitation.expiresAt, ctx.now()),
  );
  await tx
    .update(invitation)
    .set({ revokedAt: ctx.now() })
    .where(and(open, eq(invitation.email, email)));
  const [left] = await tx.select({ n: count() }).from(invitation).where(open);
  if ((left?.n ?? 0) >= MOST_OPEN) {
    throw slipwayError(
      'conflict',
      `At most ${MOST_OPEN} invitations are open at once; revoke one first.`,
    );
  }
}
