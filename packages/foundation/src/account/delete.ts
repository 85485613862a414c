import { and, asc, eq, inArray } from 'drizzle-orm';
import { recordAudit } from '../audit/index.ts';
import { user } from '../auth/index.ts';
import type { Tx } from '../db/index.ts';
import { appError } from '../errors/index.ts';
import { type InstallationContext, isInstallationAdmin } from '../installation/index.ts';
import {
  member,
  type OrganizationContext,
  organization,
  requireUser,
} from '../organization/index.ts';
import { DeleteAccount } from './schema.ts';

/** What a product does with an account's end, in its transaction. */
export interface AccountEnd {
  /** Ends an organization whose only member goes. */
  endOrganization(tx: Tx, organizationId: string): Promise<void>;
  /** Whatever else is this person's alone. */
  endPerson(tx: Tx, userId: string): Promise<void>;
}

interface Home {
  id: string;
  name: string;
}

/**
 * Ends the signed-in user's account: sessions, keys to it and what they were told go with it, and so do
 * organizations that nobody else belongs to. What they did for others stays there.
 *
 * @throws `conflict` while they are the only owner of an organization with other members; `details` name them.
 * Likewise for whoever is the admin of the installation by having signed up first: nobody would become it unasked.
 */
export async function deleteAccount(
  ctx: OrganizationContext & InstallationContext,
  input: DeleteAccount,
  end: AccountEnd,
): Promise<void> {
  const userId = requireUser(ctx);
  const { confirmEmail } = DeleteAccount.parse(input);
  if (ctx.config.adminEmails.length === 0 && (await isInstallationAdmin(ctx)))
    throw appError(
      'conflict',
      'This account looks after the whole installation, because it signed up first; without it the next one would. Name the admins in ADMIN_EMAILS, and delete it then.',
    );
  await ctx.db.transaction(async (tx) => {
    const [own] = await tx.select().from(user).where(eq(user.id, userId)).for('update');
    if (own === undefined) throw appError('unauthenticated', 'Sign in first.');
    if (own.email.toLowerCase() !== confirmEmail)
      throw appError(
        'validation_failed',
        `Expected the address of this account, ${own.email}, as confirmation.`,
      );
    const { alone, left, stuck } = await homesOf(tx, userId);
    if (stuck.length > 0) throw onlyOwner(stuck);
    for (const { id } of alone) await end.endOrganization(tx, id);
    await end.endPerson(tx, userId);
    for (const { id } of [...alone, ...left])
      await recordAudit(tx, ctx, {
        organizationId: id,
        action: 'member.left',
        entityId: userId,
        data: { account: 'deleted' },
      });
    await recordAudit(tx, ctx, { organizationId: null, action: 'user.deleted', entityId: userId });
    await tx.delete(user).where(eq(user.id, userId));
  });
}

/** What becomes of each organization of somebody who goes; locked, so that no other owner goes meanwhile. */
async function homesOf(
  tx: Tx,
  userId: string,
): Promise<{ alone: Home[]; left: Home[]; stuck: Home[] }> {
  const mine = await tx
    .select({ id: organization.id, name: organization.name })
    .from(organization)
    .innerJoin(member, eq(member.organizationId, organization.id))
    .where(eq(member.userId, userId))
    .orderBy(asc(organization.id))
    .for('update', { of: organization });
  const ids = mine.map(({ id }) => id);
  const people =
    ids.length === 0
      ? []
      : await tx
          .select()
          .from(member)
          .where(and(inArray(member.organizationId, ids)));
  const others = (id: string) =>
    people.filter((each) => each.organizationId === id && each.userId !== userId);
  const isOwner = (id: string) =>
    people.some(
      (each) => each.organizationId === id && each.userId === userId && each.role === 'owner',
    );
  const isAlone = ({ id }: Home) => others(id).length === 0;
  const isStuck = ({ id }: Home) => isOwner(id) && !others(id).some(({ role }) => role === 'owner');
  return {
    alone: mine.filter(isAlone),
    stuck: mine.filter((home) => !isAlone(home) && isStuck(home)),
    left: mine.filter((home) => !isAlone(home) && !isStuck(home)),
  };
}

function onlyOwner(organizations: readonly Home[]) {
  const names = organizations.map(({ name }) => `“${name}”`).join(', ');
  return appError(
    'conflict',
    `You are the only owner of ${names}, which others belong to. Transfer the ownership on the page of its members, or remove them, and delete your account then.`,
    { details: { organizations } },
  );
}
