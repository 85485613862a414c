import { and, eq, sql } from 'drizzle-orm';
import type { BaseContext } from '../context/index.ts';
import { appError } from '../errors/index.ts';
import type { Product } from '../organization/product.ts';
import { requireUser } from '../organization/require-member.ts';
import { member } from '../organization/table.ts';
import { profile } from './table.ts';

/** Another file has another address, so that browsers may keep what they have. */
export function pictureUrl(
  { picturesPath }: Product,
  { userId, fileId }: { userId: string; fileId: string | null },
): string | null {
  return fileId === null ? null : `${picturesPath}/${userId}/picture?v=${fileId.slice(-8)}`;
}

/**
 * The file of somebody's picture, for themselves and those who belong to an organization with them.
 *
 * @throws `not_found` for everybody else, as for nobody's.
 */
export async function findPicture(ctx: BaseContext, userId: string): Promise<string> {
  const me = requireUser(ctx);
  const together = sql`exists (select 1 from ${member} mine
    join ${member} theirs on theirs.organization_id = mine.organization_id
    where mine.user_id = ${me} and theirs.user_id = ${userId})`;
  const [found] = await ctx.db
    .select({ fileId: profile.pictureFileId })
    .from(profile)
    .where(and(eq(profile.userId, userId), userId === me ? undefined : together));
  if (!found?.fileId) throw appError('not_found', 'There is no such picture.');
  return found.fileId;
}
