import { user } from '@repo/foundation/auth';
import { isInstallationAdmin } from '@repo/foundation/installation';
import { listOrganizations, type OrganizationSummary } from '@repo/foundation/organization';
import { eq } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { type Permission, ROLE_PERMISSIONS, type Role } from '../permission.ts';
import { pictureUrl } from '../profile/picture.ts';
import { profile } from '../profile/table.ts';

export interface Me {
  user: { id: string; email: string; name: string; picture: string | null };
  isInstallationAdmin: boolean;
  /** With what they may do there. */
  organizations: (OrganizationSummary<Role> & { permissions: readonly Permission[] })[];
}

/** Who is signed in, and where they belong; null for a visitor. */
export async function getMe(ctx: Context): Promise<Me | null> {
  if (ctx.actor.type !== 'user') return null;
  const [found] = await ctx.db
    .select({ id: user.id, email: user.email, name: user.name, fileId: profile.pictureFileId })
    .from(user)
    .leftJoin(profile, eq(profile.userId, user.id))
    .where(eq(user.id, ctx.actor.userId));
  if (found === undefined) return null;
  const { fileId, ...person } = found;
  const organizations = (await listOrganizations(ctx)).map((each) => ({
    ...each,
    permissions: ROLE_PERMISSIONS[each.role],
  }));
  return {
    user: { ...person, picture: pictureUrl(person.id, fileId) },
    isInstallationAdmin: await isInstallationAdmin(ctx),
    organizations,
  };
}
