import type { Db, Tx } from '../db/index.ts';
import { newId } from '../ids/index.ts';
import type { JobDefinition } from '../jobs/index.ts';
import { sendMailJob } from './jobs.ts';
import type { Mailer } from './mailer.ts';
import { mail } from './table.ts';
import type { Rendered } from './template/render.ts';

/** What is needed to write a mail. */
export interface MailContext {
  /** Null when no mail server is set up: mails are kept and shown on the outbox page. */
  mailer: Mailer | null;
  queue: {
    enqueue<P extends object>(
      tx: Tx | Db,
      job: JobDefinition<P>,
      call: { payload: P; delaySeconds?: number; key?: string },
    ): Promise<void>;
  };
  now: () => Date;
}

export interface NewMail {
  kind: string;
  /** Names what is told, and to whom. */
  dedupKey: string;
  recipient: string;
  content: Rendered;
  /** Who it says it is from, at the product's own address. */
  senderName?: string | undefined;
  unsubscribeUrl?: string | undefined;
}

/**
 * Writes a mail in the change's own transaction: it is sent if and only if that commits, and once,
 * however often it is written. Returns false for one that was written before.
 */
export async function writeMail(tx: Tx, ctx: MailContext, input: NewMail): Promise<boolean> {
  const { kind, dedupKey, recipient, senderName, content, unsubscribeUrl } = input;
  const now = ctx.now();
  const kept = ctx.mailer === null;
  const [added] = await tx
    .insert(mail)
    .values({
      id: newId('mail'),
      kind,
      dedupKey,
      recipient,
      senderName: senderName ?? null,
      ...content,
      unsubscribeUrl: unsubscribeUrl ?? null,
      state: kept ? 'kept' : 'pending',
      createdAt: now,
      endedAt: kept ? now : null,
    })
    .onConflictDoNothing({ target: mail.dedupKey })
    .returning({ id: mail.id });
  if (added === undefined) return false;
  if (!kept) await ctx.queue.enqueue(tx, sendMailJob, { payload: { mailId: added.id } });
  return true;
}
