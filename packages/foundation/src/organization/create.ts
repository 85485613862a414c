import { eq } from 'drizzle-orm';
import { recordAudit } from '../audit/index.ts';
import type { BaseContext } from '../context/index.ts';
import type { Db, Tx } from '../db/index.ts';
import { newId } from '../ids/index.ts';
import { requireUser } from './require-member.ts';
import { CreateOrganization } from './schema.ts';
import { member, organization } from './table.ts';

/** Makes an organization whose owner is the signed-in user. */
export async function createOrganization(
  ctx: BaseContext,
  input: CreateOrganization,
): Promise<{ id: string }> {
  const userId = requireUser(ctx);
  const { name } = CreateOrganization.parse(input);
  return ctx.db.transaction(async (tx) => {
    const id = await insertOrganization(tx, { name, ownerId: userId });
    await recordAudit(tx, ctx, {
      organizationId: id,
      action: 'organization.created',
      entityId: id,
      data: { after: { name } },
    });
    return { id };
  });
}

/**
 * The organization that a new account starts with. Safe to call again: a user
 * who belongs to one already keeps it. Returns the id of the first one.
 */
export async function ensurePersonalOrganization(
  db: Db,
  owner: { id: string; name: string },
): Promise<string> {
  return db.transaction(async (tx) => {
    const [existing] = await tx
      .select({ id: member.organizationId })
      .from(member)
      .where(eq(member.userId, owner.id))
      .orderBy(member.createdAt)
      .limit(1);
    if (existing !== undefined) return existing.id;
    const name = owner.name.trim() === '' ? 'Personal' : `${owner.name.trim()}’s team`;
    return insertOrganization(tx, { name: name.slice(0, 80), ownerId: owner.id });
  });
}

async function insertOrganization(
  tx: Tx,
  input: { name: string; ownerId: string },
): Promise<string> {
  const id = newId('org');
  await tx.insert(organization).values({ id, name: input.name });
  await tx.insert(member).values({ organizationId: id, userId: input.ownerId, role: 'owner' });
  return id;
}
