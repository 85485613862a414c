import { eq } from 'drizzle-orm';
import { recordAudit } from '../audit/index.ts';
import { user } from '../auth/index.ts';
import type { NotificationContext } from './context.ts';
import { notificationOptOut } from './table.ts';
import { readUnsubscribeLink } from './unsubscribe-link.ts';

/** Ends one kind of mail. The link is the permission: it was mailed to the one user it is for. */
export async function unsubscribe(
  ctx: NotificationContext,
  query: URLSearchParams,
): Promise<{ kind: string }> {
  const { userId, kind } = readUnsubscribeLink(ctx, query);
  await ctx.db.transaction(async (tx) => {
    const [found] = await tx.select({ id: user.id }).from(user).where(eq(user.id, userId));
    // An account that is gone gets no mails either.
    if (found === undefined) return;
    const added = await tx
      .insert(notificationOptOut)
      .values({ userId, kind, channel: 'mail', createdAt: ctx.now() })
      .onConflictDoNothing()
      .returning({ kind: notificationOptOut.kind });
    if (added.length === 0) return;
    await recordAudit(tx, ctx, {
      organizationId: null,
      action: 'notifications.unsubscribed',
      entityId: userId,
      data: { kind },
    });
  });
  return { kind };
}
