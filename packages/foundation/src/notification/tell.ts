import { and, eq, isNull } from 'drizzle-orm';
import type { Tx } from '../db/index.ts';
import type { NotificationContext } from './context.ts';
import { mailNoticesJob } from './jobs.ts';
import { mailTogether } from './mail-gathered.ts';
import { addNotice, type NewNotice } from './notify.ts';
import { recipientsOf } from './recipients.ts';
import { audienceOf, type NoticeRow, notice, noticeRecipient } from './table.ts';

/**
 * Handler of `notice.tell`. By the roles and choices of now: whoever left meanwhile, or turned it off, hears
 * nothing of it.
 */
export async function tellNotice(
  ctx: NotificationContext,
  { noticeId }: { noticeId: string },
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const [row] = await tx
      .select()
      .from(notice)
      .where(and(eq(notice.id, noticeId), isNull(notice.toldAt)))
      .for('update', { skipLocked: true });
    if (row === undefined) return;
    await putInCentres(tx, ctx, row);
    await tx.update(notice).set({ toldAt: ctx.now() }).where(eq(notice.id, noticeId));
    await mailNowOrLater(tx, ctx, row);
  });
}

/**
 * Puts something into notification centres at once, and mails nothing: for a job that has a mail of its own
 * for those who want one.
 */
export async function tellInApp(tx: Tx, ctx: NotificationContext, input: NewNotice): Promise<void> {
  const row = await addNotice(tx, ctx, { ...input, toldAt: ctx.now(), mailedAt: ctx.now() });
  if (row !== undefined) await putInCentres(tx, ctx, row);
}

async function putInCentres(tx: Tx, ctx: NotificationContext, row: NoticeRow): Promise<void> {
  const told = await recipientsOf(tx, ctx, { ...audienceOf(row), channel: 'app' });
  if (told.length === 0) return;
  await tx
    .insert(noticeRecipient)
    .values(told.map(({ userId }) => ({ userId, noticeId: row.id, createdAt: row.createdAt })))
    .onConflictDoNothing();
}

async function mailNowOrLater(tx: Tx, ctx: NotificationContext, row: NoticeRow): Promise<void> {
  const { id, organizationId, kind, path } = row;
  const minutes = ctx.product.notices[kind]?.gatherMinutes;
  if (minutes === undefined) return mailTogether(tx, ctx, [row]);
  await ctx.queue.enqueue(tx, mailNoticesJob, {
    payload: { noticeId: id },
    key: `${organizationId}:${kind}:${path}`,
    delaySeconds: minutes * 60,
  });
}
