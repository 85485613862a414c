import { eq } from 'drizzle-orm';
import { user } from '../auth/index.ts';
import { type Channel, requireUser } from '../organization/index.ts';
import type { NotificationContext } from './context.ts';
import { notificationOptOut, notificationSettings } from './table.ts';

/** A row of the settings page. */
export interface NoticeChoice {
  kind: string;
  name: string;
  about: string;
  /** Whether it is on, by each way in which it can come. */
  channels: Partial<Record<Channel, boolean>>;
}

export interface NotificationSettings {
  email: string;
  emailVerified: boolean;
  /** Whether mails leave this server at all. */
  isMailed: boolean;
  timeZone: string | null;
  kinds: NoticeChoice[];
}

/** The signed-in user's own. */
export async function getNotificationSettings(
  ctx: NotificationContext,
): Promise<NotificationSettings> {
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
    .select({ kind: notificationOptOut.kind, channel: notificationOptOut.channel })
    .from(notificationOptOut)
    .where(eq(notificationOptOut.userId, userId));
  const isOn = (kind: string, channel: Channel) =>
    !off.some((each) => each.kind === kind && each.channel === channel);
  const kinds = Object.entries(ctx.product.notices).map(([kind, { name, about, channels }]) => ({
    kind,
    name,
    about,
    channels: Object.fromEntries(channels.map((channel) => [channel, isOn(kind, channel)])),
  }));
  return { ...own, isMailed: ctx.mailer !== null, kinds };
}
