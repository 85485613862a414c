import { and, count, eq } from 'drizzle-orm';
import type { Db, Tx } from '../db/index.ts';
import { appError } from '../errors/index.ts';
import {
  isRoleOf,
  member,
  type OrganizationContext,
  organization,
  type Product,
  requireMember,
  requirePermission,
  requireUser,
  roleIn,
} from '../organization/index.ts';

/**
 * Changes to who belongs to an organization happen one after another, and each sees what the one
 * before left: two owners who remove each other would otherwise leave it without any.
 *
 * @param permission null for what every member may
 * @param before what must not wait under the lock, for whoever may
 */
export async function changeMembers<R extends string, T>(
  ctx: OrganizationContext<R>,
  {
    organizationId,
    permission,
    before,
  }: { organizationId: string; permission: string | null; before?: () => Promise<void> },
  change: (tx: Tx, actor: { userId: string; role: R }) => Promise<T>,
): Promise<T> {
  const allowed = (role: R) => {
    if (permission !== null) requirePermission(ctx.product, role, permission);
  };
  allowed(await requireMember(ctx, organizationId));
  const userId = requireUser(ctx);
  await before?.();
  return ctx.db.transaction(async (tx) => {
    await lockOrganization(tx, organizationId);
    const role = await findRole(tx, ctx.product, { organizationId, userId });
    // Somebody may have changed it while this waited.
    if (role === null) throw appError('not_found', `There is no organization "${organizationId}".`);
    allowed(role);
    return change(tx, { userId, role });
  });
}

export async function lockOrganization(tx: Tx, organizationId: string): Promise<void> {
  await tx
    .select({ id: organization.id })
    .from(organization)
    .where(eq(organization.id, organizationId))
    .for('update');
}

export async function findRole<R extends string>(
  db: Db | Tx,
  product: Product<R>,
  { organizationId, userId }: { organizationId: string; userId: string },
): Promise<R | null> {
  const [row] = await db
    .select({ role: member.role })
    .from(member)
    .where(and(eq(member.organizationId, organizationId), eq(member.userId, userId)));
  return row === undefined ? null : roleIn(product, row.role);
}

/** @throws `not_found`. */
export async function requireRoleOf<R extends string>(
  tx: Tx,
  product: Product<R>,
  who: { organizationId: string; userId: string },
): Promise<R> {
  const role = await findRole(tx, product, who);
  if (role === null)
    throw appError('not_found', `There is no member "${who.userId}" in this organization.`);
  return role;
}

/** Nobody gives, or takes, a role that may do what they may not. */
export function requireAtLeast<R extends string>(product: Product<R>, mine: R, role: R): void {
  const { roles } = product;
  const more = roles[role].find((each) => !roles[mine].includes(each));
  if (more !== undefined) requirePermission(product, mine, more);
}

/** @throws `validation_failed` for a role that this product does not have. */
export function parseRole<R extends string>({ roles }: Product<R>, role: string): R {
  if (isRoleOf(roles, role)) return role;
  const message = `"role" is not valid: expected one of ${Object.keys(roles).join(', ')}.`;
  throw appError('validation_failed', message);
}

/** @throws `conflict` when this owner is the only one. */
export async function requireAnotherOwner(tx: Tx, organizationId: string): Promise<void> {
  const [owners] = await tx
    .select({ n: count() })
    .from(member)
    .where(and(eq(member.organizationId, organizationId), eq(member.role, 'owner')));
  if ((owners?.n ?? 0) > 1) return;
  throw appError(
    'conflict',
    'An organization keeps at least one owner: transfer the ownership to somebody first.',
  );
}

export const memberMatch = ({
  organizationId,
  userId,
}: {
  organizationId: string;
  userId: string;
}) => and(eq(member.organizationId, organizationId), eq(member.userId, userId));
