import {
  type Members as Found,
  listMembers as list,
  type MemberView,
} from '@repo/foundation/member';
import { inArray } from 'drizzle-orm';
import type { Context } from '../context.ts';
import type { Role } from '../permission.ts';
import { pictureUrl } from '../profile/picture.ts';
import { profile } from '../profile/table.ts';

export interface Members extends Found<Role> {
  members: (MemberView<Role> & { picture: string | null })[];
}

/** Who belongs to the organization, with their pictures, and who is invited. */
export async function listMembers(ctx: Context, organizationId: string): Promise<Members> {
  const found = await list(ctx, organizationId);
  const ids = found.members.map(({ userId }) => userId);
  const rows = await ctx.db.select().from(profile).where(inArray(profile.userId, ids));
  const files = new Map(rows.map((row) => [row.userId, row.pictureFileId]));
  const members = found.members.map((member) => ({
    ...member,
    picture: pictureUrl(member.userId, files.get(member.userId) ?? null),
  }));
  return { ...found, members };
}
