import { and, desc, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { recordAudit } from '../audit/index.ts';
import { appError } from '../errors/index.ts';
import { type InstallationContext, requireInstallationAdmin } from '../installation/index.ts';
import { type MailContext, type MailRow, mail, sendMailJob } from '../mail/index.ts';
import { anyId } from '../text/index.ts';

const PAGE = 50;

type OutboxContext = InstallationContext & Pick<MailContext, 'queue'>;

export const ListOutbox = z.object({ cursor: anyId.optional() });
export type ListOutbox = z.infer<typeof ListOutbox>;
export const OutboxMail = z.object({ mailId: anyId });
export type OutboxMail = z.infer<typeof OutboxMail>;

type Summary = Omit<MailRow, 'html' | 'text' | 'dedupKey' | 'unsubscribeUrl' | 'senderName'>;

export interface Outbox {
  /** False when nothing leaves this server. */
  isMailed: boolean;
  data: Summary[];
  nextCursor: string | null;
}

const SUMMARY = {
  id: mail.id,
  kind: mail.kind,
  recipient: mail.recipient,
  subject: mail.subject,
  state: mail.state,
  attempts: mail.attempts,
  problem: mail.problem,
  createdAt: mail.createdAt,
  endedAt: mail.endedAt,
};

/** All mails of the installation, newest first. For its admins: they tell who does what here. */
export async function listOutbox(ctx: OutboxContext, input: ListOutbox): Promise<Outbox> {
  await requireInstallationAdmin(ctx);
  const { cursor } = ListOutbox.parse(input);
  const rows = await ctx.db
    .select(SUMMARY)
    .from(mail)
    .where(
      cursor === undefined
        ? undefined
        : sql`(${mail.createdAt}, ${mail.id}) < (
            select created_at, id from ${mail} last where last.id = ${cursor})`,
    )
    .orderBy(desc(mail.createdAt), desc(mail.id))
    .limit(PAGE + 1);
  const data = rows.slice(0, PAGE);
  return {
    isMailed: ctx.mailer !== null,
    data,
    nextCursor: rows.length > PAGE ? (data.at(-1)?.id ?? null) : null,
  };
}

/**
 * One mail. Its content is shown only of those that were kept here because there is no mail server: what
 * is on its way to somebody's mailbox, with links that let people in, is theirs alone.
 */
export async function getOutboxMail(
  ctx: OutboxContext,
  input: OutboxMail,
): Promise<Summary & { content: { html: string; text: string } | null }> {
  await requireInstallationAdmin(ctx);
  const { mailId } = OutboxMail.parse(input);
  const [row] = await ctx.db
    .select({ ...SUMMARY, html: mail.html, text: mail.text })
    .from(mail)
    .where(eq(mail.id, mailId));
  if (row === undefined) throw appError('not_found', `There is no mail "${mailId}".`);
  const { html, text, ...summary } = row;
  return { ...summary, content: row.state === 'kept' ? { html, text } : null };
}

/** Sends a mail that failed once more, with all its tries. */
export async function retryMail(ctx: OutboxContext, input: OutboxMail): Promise<void> {
  await requireInstallationAdmin(ctx);
  const { mailId } = OutboxMail.parse(input);
  await ctx.db.transaction(async (tx) => {
    const [row] = await tx
      .update(mail)
      .set({ state: 'pending', endedAt: null })
      .where(and(eq(mail.id, mailId), eq(mail.state, 'failed')))
      .returning({ id: mail.id });
    if (row === undefined)
      throw appError('conflict', `Expected a mail that failed; "${mailId}" did not.`);
    await recordAudit(tx, ctx, { organizationId: null, action: 'mail.retried', entityId: mailId });
    await ctx.queue.enqueue(tx, sendMailJob, { payload: { mailId } });
  });
}
