import { user } from '@repo/foundation/auth';
import { requireUser } from '@repo/foundation/organization';
import { eq } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import type { NotificationKind } from './kinds.ts';
import { notificationOptOut, notificationSettings } from './table.ts';

export interface NotificationSettings {
  email: string;
  emailVerified: boolean;
  /** Whether mails leave this server at all. */
  isMailed: boolean;
  timeZone: string | null;
  kinds: Record<NotificationKind, boolean>;
}

/** The signed-in user's own. */
export async function getNotificationSettings(ctx: SlipwayContext): Promise<NotificationSettings> {
  const userId = requireUser(ctx);
  const [own] = await ctx.db
    .select({
      email: user.email,
      emailVerified: user.emailVerified,
      timeZone: notificationSettings.timeZone,
    })
    .from(user)
    .leftJoin(notificationSettings, eq(notificationSettings.userId, user.id))
    .where(eq(user.id, userId));
  if (own === undefined) throw new Error(`the signed-in user ${userId} has no row`);
  const off = await ctx.db
    .select({ kind: notificationOptOut.kind })
    .from(notificationOptOut)
    .where(eq(notificationOptOut.userId, userId));
  const isOn = (kind: NotificationKind) => !off.some((each) => each.kind === kind);
  return {
    ...own,
    isMailed: ctx.mailer !== null,
    kinds: {
      failed_uploads: isOn('failed_uploads'),
      daily_summary: isOn('daily_summary'),
      endpoint_disabled: isOn('endpoint_disabled'),
      key_expiring: isOn('key_expiring'),
      quota: isOn('quota'),
    },
  };
}
