import { and, eq, inArray, isNull } from 'drizzle-orm';
import { type OrganizationContext, requireUser } from '../organization/index.ts';
import { ReadNotices } from './schema.ts';
import { noticeRecipient } from './table.ts';

/** Marks the signed-in user's own as read; those of others stay as they are. No audit: nobody but they sees it. */
export async function readNotices(ctx: OrganizationContext, input: ReadNotices): Promise<void> {
  const userId = requireUser(ctx);
  const { noticeIds } = ReadNotices.parse(input);
  if (noticeIds?.length === 0) return;
  await ctx.db
    .update(noticeRecipient)
    .set({ readAt: ctx.now() })
    .where(
      and(
        eq(noticeRecipient.userId, userId),
        isNull(noticeRecipient.readAt),
        noticeIds === undefined ? undefined : inArray(noticeRecipient.noticeId, noticeIds),
      ),
    );
}
