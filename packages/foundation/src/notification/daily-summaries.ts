import { and, asc, eq, gt, isNull, lt, or, sql } from 'drizzle-orm';
import { user } from '../auth/index.ts';
import type { Tx } from '../db/index.ts';
import { member } from '../organization/index.ts';
import type { NotificationContext } from './context.ts';
import { dayBefore, localTime, startOfDay } from './local-day.ts';
import { type Message, mailUser } from './mail-notice.ts';
import type { Recipient } from './recipients.ts';
import { notificationOptOut, notificationSettings } from './table.ts';

/** The kind that products with a summary name among their notices. */
const KIND = 'daily_summary';

/** From eight; after a pause of this server later, but not in the afternoon. */
const FIRST_HOUR = 8;
const LAST_HOUR = 11;
const BATCH = 200;

const zoneOf = sql<string>`coalesce(${notificationSettings.timeZone}, 'UTC')`;

/** Somebody's day that ended, by their own clocks. */
export interface EndedDay {
  userId: string;
  /** `2026-11-22` */
  day: string;
  timeZone: string;
  from: Date;
  to: Date;
}

/** What is mailed of it; null when nothing happened. */
export type SummarizeDay = (tx: Tx, ended: EndedDay) => Promise<Message | null>;

/**
 * Tells each user of the day that ended in their own time zone, on its next morning, once; nothing when
 * nothing happened. To be called every quarter of an hour: zones differ by as much.
 */
export async function sendDailySummaries(
  ctx: NotificationContext,
  summarize: SummarizeDay,
): Promise<void> {
  const now = ctx.now();
  const zones = await ctx.db
    .selectDistinct({ timeZone: zoneOf })
    .from(user)
    .leftJoin(notificationSettings, eq(notificationSettings.userId, user.id));
  for (const { timeZone } of zones) {
    const { day, hour } = localTime(timeZone, now);
    if (hour < FIRST_HOUR || hour > LAST_HOUR) continue;
    await summarizeZone(ctx, { timeZone, today: day, summarize });
  }
}

interface Morning {
  timeZone: string;
  today: string;
  summarize: SummarizeDay;
}

async function summarizeZone(ctx: NotificationContext, morning: Morning): Promise<void> {
  for (let after = ''; ; ) {
    const batch = await dueUsers(ctx, morning, after);
    for (const recipient of batch) await summarizeFor(ctx, morning, recipient);
    const last = batch.at(-1);
    if (last === undefined || batch.length < BATCH) return;
    after = last.userId;
  }
}

function dueUsers(
  ctx: NotificationContext,
  { timeZone, today }: Morning,
  after: string,
): Promise<Recipient[]> {
  return ctx.db
    .select({ userId: user.id, email: user.email })
    .from(user)
    .leftJoin(notificationSettings, eq(notificationSettings.userId, user.id))
    .leftJoin(
      notificationOptOut,
      and(
        eq(notificationOptOut.userId, user.id),
        eq(notificationOptOut.kind, KIND),
        eq(notificationOptOut.channel, 'mail'),
      ),
    )
    .where(
      and(
        gt(user.id, after),
        eq(zoneOf, timeZone),
        or(isNull(notificationSettings.summaryDay), lt(notificationSettings.summaryDay, today)),
        isNull(notificationOptOut.userId),
        ctx.mailer === null ? undefined : eq(user.emailVerified, true),
        sql`exists (select 1 from ${member} where ${member.userId} = ${user.id})`,
      ),
    )
    .orderBy(asc(user.id))
    .limit(BATCH);
}

async function summarizeFor(
  ctx: NotificationContext,
  { timeZone, today, summarize }: Morning,
  recipient: Recipient,
): Promise<void> {
  const { userId } = recipient;
  const yesterday = dayBefore(today);
  await ctx.db.transaction(async (tx) => {
    const [claimed] = await tx
      .insert(notificationSettings)
      .values({ userId, summaryDay: today })
      .onConflictDoUpdate({
        target: notificationSettings.userId,
        set: { summaryDay: today },
        setWhere: sql`${notificationSettings.summaryDay} is null
          or ${notificationSettings.summaryDay} < ${today}`,
      })
      .returning({ userId: notificationSettings.userId });
    // Another process was first.
    if (claimed === undefined) return;
    const message = await summarize(tx, {
      userId,
      day: yesterday,
      timeZone,
      from: startOfDay(timeZone, yesterday),
      to: startOfDay(timeZone, today),
    });
    if (message === null) return;
    await mailUser(tx, ctx, { recipient, kind: KIND, about: today, message });
  });
}

/** `Sunday 8 March` */
export const dayInWords = (day: string): string =>
  new Intl.DateTimeFormat('en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  }).format(new Date(`${day}T00:00:00Z`));
