import { user } from '@repo/foundation/auth';
import {
  mailUser,
  notificationOptOut,
  notificationSettings,
  type Recipient,
} from '@repo/foundation/notification';
import { member } from '@repo/foundation/organization';
import { and, asc, eq, gt, isNull, lt, or, sql } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { dayBefore, localTime, startOfDay } from './local-day.ts';
import { summarize } from './summarize.ts';
import { dailySummaryMessage } from './template/daily-summary.ts';

/** From eight; after a pause of this server later, but not in the afternoon. */
const FIRST_HOUR = 8;
const LAST_HOUR = 11;
const BATCH = 200;

const zoneOf = sql<string>`coalesce(${notificationSettings.timeZone}, 'UTC')`;

/**
 * Handler of `notify.daily_summary`: tells each user of the day that ended in their own time zone, on
 * its next morning, once; nothing when nothing happened.
 */
export async function sendDailySummaries(ctx: SlipwayContext): Promise<void> {
  const now = ctx.now();
  const zones = await ctx.db
    .selectDistinct({ timeZone: zoneOf })
    .from(user)
    .leftJoin(notificationSettings, eq(notificationSettings.userId, user.id));
  for (const { timeZone } of zones) {
    const { day, hour } = localTime(timeZone, now);
    if (hour < FIRST_HOUR || hour > LAST_HOUR) continue;
    await summarizeZone(ctx, { timeZone, today: day });
  }
}

interface Morning {
  timeZone: string;
  today: string;
}

async function summarizeZone(ctx: SlipwayContext, morning: Morning): Promise<void> {
  for (let after = ''; ; ) {
    const batch = await dueUsers(ctx, morning, after);
    for (const recipient of batch) await summarizeFor(ctx, morning, recipient);
    const last = batch.at(-1);
    if (last === undefined || batch.length < BATCH) return;
    after = last.userId;
  }
}

function dueUsers(
  ctx: SlipwayContext,
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
        eq(notificationOptOut.kind, 'daily_summary'),
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
  ctx: SlipwayContext,
  { timeZone, today }: Morning,
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
    const projects = await summarize(tx, {
      userId,
      from: startOfDay(timeZone, yesterday),
      to: startOfDay(timeZone, today),
    });
    if (projects.length === 0) return;
    await mailUser(tx, ctx, {
      recipient,
      kind: 'daily_summary',
      about: today,
      message: dailySummaryMessage({
        day: yesterday,
        timeZone,
        projects,
        url: ctx.config.publicUrl,
      }),
    });
  });
}
