import { and, eq, isNull } from 'drizzle-orm';
import type { Tx } from '../db/index.ts';
import { button, paragraph } from '../mail/index.ts';
import type { NotificationContext } from './context.ts';
import { mailUser } from './mail-notice.ts';
import { addNotice, type NewNotice } from './notify.ts';
import { recipientsOf } from './recipients.ts';
import { type NoticeRow, notice, noticeRecipient } from './table.ts';

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
    await mailAll(tx, ctx, row);
    await tx.update(notice).set({ toldAt: ctx.now() }).where(eq(notice.id, noticeId));
  });
}

/**
 * Puts something into notification centres at once, and mails nothing: for a job that has a mail of its own
 * for those who want one.
 */
export async function tellInApp(tx: Tx, ctx: NotificationContext, input: NewNotice): Promise<void> {
  const row = await addNotice(tx, ctx, { ...input, toldAt: ctx.now() });
  if (row !== undefined) await putInCentres(tx, ctx, row);
}

function audienceOf(row: NoticeRow) {
  const { organizationId, kind, alsoKind, recipients: among } = row;
  return { organizationId, kinds: alsoKind === null ? [kind] : [kind, alsoKind], among };
}

async function putInCentres(tx: Tx, ctx: NotificationContext, row: NoticeRow): Promise<void> {
  const told = await recipientsOf(tx, ctx, { ...audienceOf(row), channel: 'app' });
  if (told.length === 0) return;
  await tx
    .insert(noticeRecipient)
    .values(told.map(({ userId }) => ({ userId, noticeId: row.id, createdAt: row.createdAt })))
    .onConflictDoNothing();
}

async function mailAll(tx: Tx, ctx: NotificationContext, row: NoticeRow): Promise<void> {
  const { id, title, body, action, path } = row;
  const audience = audienceOf(row);
  const message = {
    subject: title,
    title,
    preview: body,
    body: [paragraph(body), button(`${ctx.config.publicUrl}${path}`, action)],
  };
  const mailed = new Set<string>();
  // One kind after the other: a mail's link ends the kind for which it came.
  for (const kind of audience.kinds) {
    const told = await recipientsOf(tx, ctx, { ...audience, kinds: [kind], channel: 'mail' });
    for (const recipient of told) {
      if (mailed.has(recipient.userId)) continue;
      mailed.add(recipient.userId);
      await mailUser(tx, ctx, { recipient, kind, about: id, message });
    }
  }
}
