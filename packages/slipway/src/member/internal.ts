import type { Db, Tx } from '@repo/foundation/db';
import { type MemberRole, member, organization, requireUser } from '@repo/foundation/organization';
import { and, count, eq } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import {
  type Permission,
  ROLE_PERMISSIONS,
  requireOfRole,
  requireOrganization,
} from '../permission.ts';

/**
 * Changes to who belongs to an organization happen one after another, and each sees what the one
 * before left: two owners who remove each other would otherwise leave it without any.
 */
export async function changeMembers<T>(
  ctx: SlipwayContext,
  { organizationId, permission }: { organizationId: string; permission: Permission },
  change: (tx: Tx, actor: { userId: string; role: MemberRole }) => Promise<T>,
): Promise<T> {
  await requireOrganization(ctx, organizationId, permission);
  const userId = requireUser(ctx);
  return ctx.db.transaction(async (tx) => {
    await lockOrganization(tx, organizationId);
    const role = await findRole(tx, { organizationId, userId });
    // Somebody may have changed it while this waited.
    if (role === null)
      throw slipwayError('not_found', `There is no organization "${organizationId}".`);
    requireOfRole(role, permission);
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

export async function findRole(
  db: Db | Tx,
  { organizationId, userId }: { organizationId: string; userId: string },
): Promise<MemberRole | null> {
  const [row] = await db
    .select({ role: member.role })
    .from(member)
    .where(and(eq(member.organizationId, organizationId), eq(member.userId, userId)));
  return row?.role ?? null;
}

/** @throws `not_found`. */
export async function requireRoleOf(
  tx: Tx,
  who: { organizationId: string; userId: string },
): Promise<MemberRole> {
  const role = await findRole(tx, who);
  if (role === null)
    throw slipwayError('not_found', `There is no member "${who.userId}" in this organization.`);
  return role;
}

/** Nobody gives, or takes, a role that may do what they may not. */
export function requireAtLeast(mine: MemberRole, role: MemberRole): void {
  const more = ROLE_PERMISSIONS[role].find((each) => !ROLE_PERMISSIONS[mine].includes(each));
  if (more !== undefined) requireOfRole(mine, more);
}

/** @throws `conflict` when this owner is the only one. */
export async function requireAnotherOwner(tx: Tx, organizationId: string): Promise<void> {
  const [owners] = await tx
    .select({ n: count() })
    .from(member)
    .where(and(eq(member.organizationId, organizationId), eq(member.role, 'owner')));
  if ((owners?.n ?? 0) > 1) return;
  throw slipwayError(
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
