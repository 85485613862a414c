import { eq } from 'drizzle-orm';
import { user } from '../auth/index.ts';
import { type InstallationContext, isInstallationAdmin } from '../installation/index.ts';
import {
  listOrganizations,
  type OrganizationContext,
  type OrganizationSummary,
} from '../organization/index.ts';
import { pictureUrl, profile } from '../profile/index.ts';

export interface Me<R extends string = string, P extends string = string> {
  user: { id: string; email: string; name: string; picture: string | null };
  isInstallationAdmin: boolean;
  /** With what they may do there. */
  organizations: (OrganizationSummary<R> & { permissions: readonly P[] })[];
}

/** Who is signed in, and where they belong; null for a visitor. */
export async function getMe<R extends string, P extends string>(
  ctx: OrganizationContext<R, P> & InstallationContext,
): Promise<Me<R, P> | null> {
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
    permissions: ctx.product.roles[each.role],
  }));
  return {
    user: { ...person, picture: pictureUrl(ctx.product, { userId: person.id, fileId }) },
    isInstallationAdmin: await isInstallationAdmin(ctx),
    organizations,
  };
}
