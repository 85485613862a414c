import { and, eq, isNull, or } from 'drizzle-orm';
import { recordAudit } from '../audit/index.ts';
import { appError } from '../errors/index.ts';
import { type Channel, requireUser } from '../organization/index.ts';
import type { NotificationContext } from './context.ts';
import { NoticeTimeZone, UpdateNotifications } from './schema.ts';
import { notificationOptOut, notificationSettings } from './table.ts';

/** Changes what the signed-in user is told, by which way, and when. */
export async function updateNotificationSettings(
  ctx: NotificationContext,
  input: UpdateNotifications,
): Promise<void> {
  const userId = requireUser(ctx);
  const { timeZone, choices = [] } = UpdateNotifications.parse(input);
  for (const choice of choices) requireChoice(ctx, choice);
  const off = choices.filter(({ isOn }) => !isOn);
  const on = choices.filter(({ isOn }) => isOn);
  await ctx.db.transaction(async (tx) => {
    if (timeZone !== undefined) {
      await tx
        .insert(notificationSettings)
        .values({ userId, timeZone })
        .onConflictDoUpdate({ target: notificationSettings.userId, set: { timeZone } });
    }
    if (off.length > 0) {
      const rows = off.map(({ kind, channel }) => ({
        userId,
        kind,
        channel,
        createdAt: ctx.now(),
      }));
      await tx.insert(notificationOptOut).values(rows).onConflictDoNothing();
    }
    if (on.length > 0) {
      const named = on.map(({ kind, channel }) =>
        and(eq(notificationOptOut.kind, kind), eq(notificationOptOut.channel, channel)),
      );
      await tx
        .delete(notificationOptOut)
        .where(and(eq(notificationOptOut.userId, userId), or(...named)));
    }
    await recordAudit(tx, ctx, {
      organizationId: null,
      action: 'notifications.updated',
      entityId: userId,
      data: { after: { ...(timeZone !== undefined && { timeZone }), choices } },
    });
  });
}

/** @throws `validation_failed` for what this product tells nobody, or not in this way. */
function requireChoice(
  { product }: NotificationContext,
  { kind, channel }: { kind: string; channel: Channel },
): void {
  const known = Object.hasOwn(product.notices, kind) ? product.notices[kind] : undefined;
  if (known?.channels.includes(channel)) return;
  const names = Object.keys(product.notices).join(', ');
  const message = known
    ? `“${known.name}” comes by ${known.channels.join(' and ')}; received "${channel}".`
    : `"kind" is not valid: expected one of ${names}.`;
  throw appError('validation_failed', message);
}

/** Takes the browser's time zone for a user who has chosen none. */
export async function noticeTimeZone(
  ctx: NotificationContext,
  input: NoticeTimeZone,
): Promise<void> {
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
