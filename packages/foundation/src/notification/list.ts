import { and, count, desc, eq, isNull, sql } from 'drizzle-orm';
import { member, type OrganizationContext, requireUser } from '../organization/index.ts';
import { ListNotices } from './schema.ts';
import { notice, noticeRecipient } from './table.ts';

export interface Notice {
  id: string;
  kind: string;
  title: string;
  body: string;
  path: string;
  createdAt: Date;
  isRead: boolean;
}

export interface NoticePage {
  items: Notice[];
  nextCursor: string | null;
}

/** Whose notices these are, and of which organizations: what one has left tells one nothing any more. */
const ownOf = (userId: string) =>
  and(
    eq(noticeRecipient.userId, userId),
    sql`exists (select 1 from ${member} m
      where m.user_id = ${userId} and m.organization_id = ${notice.organizationId})`,
  );

/** The signed-in user's notices, newest first. */
export async function listNotices(
  ctx: OrganizationContext,
  input: ListNotices,
): Promise<NoticePage> {
  const userId = requireUser(ctx);
  const { cursor, limit } = ListNotices.parse(input);
  const { id, kind, title, body, path, createdAt } = notice;
  const rows = await ctx.db
    .select({
      ...{ id, kind, title, body, path, createdAt },
      readAt: noticeRecipient.readAt,
    })
    .from(noticeRecipient)
    .innerJoin(notice, eq(notice.id, noticeRecipient.noticeId))
    .where(
      and(
        ownOf(userId),
        cursor === undefined
          ? undefined
          : sql`(${noticeRecipient.createdAt}, ${noticeRecipient.noticeId}) < (
              select last.created_at, last.notice_id from ${noticeRecipient} last
              where last.user_id = ${userId} and last.notice_id = ${cursor})`,
      ),
    )
    .orderBy(desc(noticeRecipient.createdAt), desc(noticeRecipient.noticeId))
    .limit(limit + 1);
  const items = rows
    .slice(0, limit)
    .map(({ readAt, ...row }) => ({ ...row, isRead: readAt !== null }));
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

/** How many of them are unread. */
export async function countUnreadNotices(ctx: OrganizationContext): Promise<number> {
  const userId = requireUser(ctx);
  const [found] = await ctx.db
    .select({ n: count() })
    .from(noticeRecipient)
    .innerJoin(notice, eq(notice.id, noticeRecipient.noticeId))
    .where(and(ownOf(userId), isNull(noticeRecipient.readAt)));
  return found?.n ?? 0;
}
