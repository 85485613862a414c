import { recordAudit } from '@repo/foundation/audit';
import { requireUser } from '@repo/foundation/organization';
import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { NOTIFICATION_KINDS } from './kinds.ts';
import { NoticeTimeZone, UpdateNotifications } from './schema.ts';
import { notificationOptOut, notificationSettings } from './table.ts';

/** Changes what the signed-in user is told, and when. */
export async function updateNotificationSettings(
  ctx: SlipwayContext,
  input: UpdateNotifications,
): Promise<void> {
  const userId = requireUser(ctx);
  const { timeZone, kinds = {} } = UpdateNotifications.parse(input);
  const off = NOTIFICATION_KINDS.filter((kind) => kinds[kind] === false);
  const on = NOTIFICATION_KINDS.filter((kind) => kinds[kind] === true);
  await ctx.db.transaction(async (tx) => {
    if (timeZone !== undefined) {
      await tx
        .insert(notificationSettings)
        .values({ userId, timeZone })
        .onConflictDoUpdate({ target: notificationSettings.userId, set: { timeZone } });
    }
    if (off.length > 0) {
      await tx
        .insert(notificationOptOut)
        .values(off.map((kind) => ({ userId, kind, createdAt: ctx.now() })))
        .onConflictDoNothing();
    }
    if (on.length > 0) {
      await tx
        .delete(notificationOptOut)
        .where(and(eq(notificationOptOut.userId, userId), inArray(notificationOptOut.kind, on)));
    }
    await recordAudit(tx, ctx, {
      organizationId: null,
      action: 'notifications.updated',
      entityId: userId,
      data: { after: { ...(timeZone !== undefined && { timeZone }), kinds } },
    });
  });
}

/** Takes the browser's time zone for a user who has chosen none. */
export async function noticeTimeZone(ctx: SlipwayContext, input: NoticeTimeZone): Promise<void> {
  const userId = requireUser(ctx);
  const { timeZone } = NoticeTimeZone.parse(input);
  await ctx.db
    .insert(notificationSettings)
    .values({ userId, timeZone })
    .onConflictDoUpdate({
      target: notificationSettings.userId,
      set: { timeZone },
      setWhere: isNull(notificationSettings.timeZone),
    });
}
