import { and, asc, eq, isNotNull, isNull } from 'drizzle-orm';
import type { Tx } from '../db/index.ts';
import { button, paragraph, smallPrint, strong } from '../mail/index.ts';
import type { NotificationContext } from './context.ts';
import { type Message, mailUser } from './mail-notice.ts';
import { type Recipient, recipientsOf } from './recipients.ts';
import { audienceOf, type NoticeRow, notice } from './table.ts';

const MOST_IN_A_MAIL = 20;

/**
 * Handler of `notice.mail`: one mail for all that happened at one place since the last one. Somebody who
 * writes ten comments is one mail, a few minutes after the first of them.
 */
export async function mailGathered(
  ctx: NotificationContext,
  { noticeId }: { noticeId: string },
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const [one] = await tx.select().from(notice).where(eq(notice.id, noticeId));
    if (one === undefined || one.mailedAt !== null) return;
    const rows = await tx
      .select()
      .from(notice)
      .where(
        and(
          eq(notice.organizationId, one.organizationId),
          eq(notice.kind, one.kind),
          eq(notice.path, one.path),
          isNotNull(notice.toldAt),
          isNull(notice.mailedAt),
        ),
      )
      .orderBy(asc(notice.createdAt), asc(notice.id))
      .for('update');
    await mailTogether(tx, ctx, rows);
  });
}

/** Mails these, which have one kind and one page, and notes that they were. */
export async function mailTogether(
  tx: Tx,
  ctx: NotificationContext,
  rows: readonly NoticeRow[],
): Promise<void> {
  for (const [{ recipient, kind }, theirs] of await readersOf(tx, ctx, rows)) {
    const about = `${theirs[0]?.id}:${theirs.at(-1)?.id}`;
    await mailUser(tx, ctx, { recipient, kind, about, message: messageOf(ctx, theirs) });
  }
  for (const { id } of rows)
    await tx.update(notice).set({ mailedAt: ctx.now() }).where(eq(notice.id, id));
}

interface Reader {
  recipient: Recipient;
  /** The kind for which the mail comes, and which its link ends. */
  kind: string;
}

/** What each of them is mailed. */
async function readersOf(
  tx: Tx,
  ctx: NotificationContext,
  rows: readonly NoticeRow[],
): Promise<Map<Reader, NoticeRow[]>> {
  const readers = new Map<string, Reader>();
  const found = new Map<Reader, NoticeRow[]>();
  for (const row of rows) {
    const audience = audienceOf(row);
    const told = new Set<string>();
    for (const kind of audience.kinds) {
      const channel = 'mail' as const;
      for (const recipient of await recipientsOf(tx, ctx, {
        ...audience,
        kinds: [kind],
        channel,
      })) {
        if (told.has(recipient.userId)) continue;
        told.add(recipient.userId);
        const reader = readers.get(recipient.userId) ?? { recipient, kind };
        readers.set(recipient.userId, reader);
        found.set(reader, [...(found.get(reader) ?? []), row]);
      }
    }
  }
  return found;
}

function messageOf(ctx: NotificationContext, rows: readonly NoticeRow[]): Message {
  const [first] = rows;
  if (first === undefined) throw new Error('a mail tells of something');
  const more = rows.length - 1;
  const left = rows.length - MOST_IN_A_MAIL;
  return {
    subject: more === 0 ? first.title : `${first.title}, and ${more} more`,
    title: first.title,
    preview: first.body,
    body: [
      paragraph(first.body),
      ...rows
        .slice(1, MOST_IN_A_MAIL)
        .map(({ title, body }) => paragraph(strong(title), `: ${body}`)),
      ...(left > 0 ? [smallPrint(`And ${left} more.`)] : []),
      button(`${ctx.config.publicUrl}${first.path}`, first.action),
    ],
  };
}
