import { and, eq } from 'drizzle-orm';
import type { BaseContext } from '../context/index.ts';
import { appError } from '../errors/index.ts';
import { type Product, requirePermission, requireScope, roleIn } from './product.ts';
import { member } from './table.ts';

/** What the verbs of organizations get first: whose roles these are goes with it. */
export interface OrganizationContext<R extends string = string, P extends string = string>
  extends BaseContext {
  product: Product<R, P>;
}

/** The signed-in user's id, or the error that asks to sign in. */
export function requireUser(ctx: BaseContext): string {
  if (ctx.actor.type !== 'user') throw appError('unauthenticated', 'Sign in first.');
  return ctx.actor.userId;
}

/**
 * The user's role in the organization. A stranger gets the same answer as for
 * an organization that does not exist.
 */
export async function requireMember<R extends string>(
  ctx: OrganizationContext<R>,
  organizationId: string,
): Promise<R> {
  const userId = requireUser(ctx);
  const [row] = await ctx.db
    .select({ role: member.role })
    .from(member)
    .where(and(eq(member.organizationId, organizationId), eq(member.userId, userId)));
  if (row === undefined) throw noSuchOrganization(organizationId);
  return roleIn(ctx.product, row.role);
}

const noSuchOrganization = (organizationId: string) =>
  appError('not_found', `There is no organization "${organizationId}".`);

/**
 * For what belongs to an organization as a whole: its members with the permission, and its own API keys
 * in products where keys belong to organizations. To a stranger the organization does not exist.
 *
 * @returns the member's role; null for a key
 * @throws `not_found`; `forbidden`, naming the permission, for a member or key without it.
 */
export async function requireOrganization<R extends string, P extends string>(
  ctx: OrganizationContext<R, P>,
  organizationId: string,
  permission: NoInfer<P>,
): Promise<R | null> {
  const { actor, product } = ctx;
  if (actor.type === 'api_key' && product.scopes !== undefined) {
    if (actor.ownerId !== organizationId) throw noSuchOrganization(organizationId);
    requireScope(product, actor.scopes, permission);
    return null;
  }
  const role = await requireMember(ctx, organizationId);
  requirePermission(product, role, permission);
  return role;
}
