import { and, eq } from 'drizzle-orm';
import type { BaseContext } from '../context/index.ts';
import { appError } from '../errors/index.ts';
import { type MemberRole, member } from './table.ts';

/** The signed-in user's id, or the error that asks to sign in. */
export function requireUser(ctx: BaseContext): string {
  if (ctx.actor.type !== 'user') throw appError('unauthenticated', 'Sign in first.');
  return ctx.actor.userId;
}

/**
 * The user's role in the organization. A stranger gets the same answer as for
 * an organization that does not exist.
 */
export async function requireMember(ctx: BaseContext, organizationId: string): Promise<MemberRole> {
  const userId = requireUser(ctx);
  const [row] = await ctx.db
    .select({ role: member.role })
    .from(member)
    .where(and(eq(member.organizationId, organizationId), eq(member.userId, userId)));
  if (row === undefined)
    throw appError('not_found', `There is no organization "${organizationId}".`);
  return row.role;
}

/** Like `requireMember`, for what only owners and admins may do. */
export async function requireAdmin(ctx: BaseContext, organizationId: string): Promise<void> {
  const role = await requireMember(ctx, organizationId);
  if (role !== 'owner' && role !== 'admin')
    throw appError('forbidden', 'Only owners and admins of the organization may do this.');
}
