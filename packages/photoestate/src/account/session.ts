import { user } from '@repo/foundation/auth';
import {
  listOrganizations,
  type OrganizationSummary,
  requireUser,
} from '@repo/foundation/organization';
import { eq } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { appError } from '../errors.ts';

export interface Me {
  user: { id: string; email: string; name: string };
  organizations: OrganizationSummary[];
}

/** Who is signed in, and where they belong. */
export async function getMe(ctx: Context): Promise<Me> {
  const userId = requireUser(ctx);
  const [found] = await ctx.db
    .select({ id: user.id, email: user.email, name: user.name })
    .from(user)
    .where(eq(user.id, userId));
  if (found === undefined) throw appError('unauthenticated', 'Sign in first.');
  return { user: found, organizations: await listOrganizations(ctx) };
}
