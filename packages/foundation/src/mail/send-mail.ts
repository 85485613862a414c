import { and, eq } from 'drizzle-orm';
import type { Db, Tx } from '../db/index.ts';
import type { JobRun } from '../jobs/index.ts';
import type { Logger } from '../telemetry/index.ts';
import { type Mailer, MailRefused } from './mailer.ts';
import { type MailRow, mail } from './table.ts';

interface SendContext {
  db: Db;
  mailer: Mailer | null;
  now: () => Date;
  log: Logger;
}

const MOST_OF_PROBLEM = 500;

/**
 * Handler of `mail.send`. The row is locked meanwhile, so that nobody else sends it; killed between
 * the server's yes and the commit it is sent once more, with the same Message-ID.
 */
export async function sendMail(
  ctx: SendContext,
  { mailId }: { mailId: string },
  run: Pick<JobRun, 'lastAttempt'>,
): Promise<void> {
  const failure = await ctx.db.transaction(async (tx) => {
    const [row] = await tx
      .select()
      .from(mail)
      .where(and(eq(mail.id, mailId), eq(mail.state, 'pending')))
      .for('update', { skipLocked: true });
    if (row === undefined) return null;
    return tryOnce(tx, ctx, { row, lastAttempt: run.lastAttempt });
  });
  // After the try was noted: the queue tries again.
  if (failure !== null) throw failure;
}

async function tryOnce(
  tx: Tx,
  ctx: SendContext,
  { row, lastAttempt }: { row: MailRow; lastAttempt: boolean },
): Promise<Error | null> {
  const note = (change: Partial<MailRow>) =>
    tx
      .update(mail)
      .set({ attempts: row.attempts + 1, ...change })
      .where(eq(mail.id, row.id));
  try {
    if (ctx.mailer === null) throw new Error('SMTP_URL is not set in this process');
    await ctx.mailer.send(row);
    await note({ state: 'sent', endedAt: ctx.now(), problem: null, html: '', text: '' });
    return null;
  } catch (error) {
    const cause = error instanceof Error ? error : new Error(String(error));
    const problem = cause.message.slice(0, MOST_OF_PROBLEM);
    const isOver = lastAttempt || cause instanceof MailRefused;
    if (isOver) ctx.log.error({ err: cause, mailId: row.id }, 'a mail could not be sent');
    await note({ problem, ...(isOver && { state: 'failed', endedAt: ctx.now() }) });
    return isOver ? null : cause;
  }
}
