import { and, count, eq, gt, isNull, sql } from 'drizzle-orm';
import { recordAudit } from '../audit/index.ts';
import { user } from '../auth/index.ts';
import type { Tx } from '../db/index.ts';
import { appError } from '../errors/index.ts';
import { newId } from '../ids/index.ts';
import { member } from '../organization/index.ts';
import { giveAllBack, takeAll, waitInWords } from '../rate-limit/index.ts';
import type { MemberContext } from './context.ts';
import { changeMembers, parseRole, requireAtLeast } from './internal.ts';
import { invitationCreatedJob } from './jobs.ts';
import { invitationUrl } from './link.ts';
import { InviteMember } from './schema.ts';
import { invitation } from './table.ts';

const WEEK_MS = 7 * 86_400_000;
const MOST_OPEN = 100;
const MOST_A_DAY = 200;

/**
 * Invites somebody by their address: a link that is good for seven days, once. A later invitation
 * of the same address takes the place of an earlier one.
 *
 * @throws `conflict` for somebody who is a member already, or when too many invitations are open;
 * `rate_limited` when too many were sent within a day, whatever became of them.
 */
export async function inviteMember(
  ctx: MemberContext,
  input: InviteMember,
): Promise<{ id: string; url: string }> {
  const { organizationId } = input;
  let isCounted = false;
  const before = async () => {
    parseRole(ctx.product, InviteMember.parse(input).role);
    await countInvitation(ctx, organizationId);
    isCounted = true;
  };
  try {
    return await invite(ctx, input, before);
  } catch (error) {
    const budget = invitationBudget(organizationId);
    if (isCounted) await giveAllBack(ctx, { budget, wanted: 1 });
    throw error;
  }
}

async function invite(
  ctx: MemberContext,
  input: InviteMember,
  before: () => Promise<void>,
): Promise<{ id: string; url: string }> {
  const permission = 'member.manage' as const;
  const { organizationId } = input;
  return changeMembers(ctx, { organizationId, permission, before }, async (tx, actor) => {
    const { email, role: wanted } = InviteMember.parse(input);
    const role = parseRole(ctx.product, wanted);
    requireAtLeast(ctx.product, actor.role, role);
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

export function invitationBudget(organizationId: string) {
  const key = `invitations:${organizationId}`;
  return { policy: 'invitations', key, quota: MOST_A_DAY, windowSeconds: 86_400 };
}

async function countInvitation(ctx: MemberContext, organizationId: string): Promise<void> {
  const wait = await takeAll(ctx, { budget: invitationBudget(organizationId), wanted: 1 });
  if (wait === null) return;
  const message = `Expected at most ${MOST_A_DAY} invitations a day. Try again in ${waitInWords(wait)}.`;
  throw appError('rate_limited', message, { retryAfter: wait });
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
    throw appError('conflict', `${who.email} is a member of this organization already.`);
}

async function replaceEarlier(
  tx: Tx,
  ctx: MemberContext,
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
    throw appError(
      'conflict',
      `At most ${MOST_OPEN} invitations are open at once; revoke one first.`,
    );
  }
}
