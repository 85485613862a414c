import { createHash } from 'node:crypto';
import type { Tx } from '@repo/foundation/db';
import { giveAllBack, takeAll, waitInWords } from '@repo/foundation/rate-limit';
import { eq } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { appError } from '../errors.ts';
import { announceDeliveryJob } from './jobs.ts';
import { type DeliveryRow, delivery } from './table.ts';

/** Mails about deliveries that go out for one organization in a day. */
const MOST_A_DAY = 300;

type Link = Pick<DeliveryRow, 'id' | 'linkNumber' | 'organizationId'>;

/** Whom the budgets let us tell. */
export interface Leave {
  untold: readonly string[];
  /** Seconds until somebody can be told again, where all of them were told just now; null otherwise. */
  wait: number | null;
}

/**
 * Works with leave to tell these recipients, each at most once an hour of one link. It is asked for before the work,
 * whose transaction holds locks, and given back where that comes to nothing.
 *
 * @throws `rate_limited` when the organization told so many today that it looks like somebody's mailing list.
 */
export async function withLeave<T>(
  ctx: Context,
  { link, recipients }: { link: Link; recipients: readonly string[] },
  work: (leave: Leave) => Promise<T>,
): Promise<T> {
  const leave = await leaveToTell(ctx, { link, recipients });
  try {
    return await work(leave);
  } catch (error) {
    const { untold } = leave;
    await giveAllBack(ctx, { budget: dayBudget(link), wanted: untold.length });
    for (const recipient of untold) {
      await giveAllBack(ctx, { budget: hourBudget(link, recipient), wanted: 1 });
    }
    throw error;
  }
}

async function leaveToTell(
  ctx: Context,
  { link, recipients }: { link: Link; recipients: readonly string[] },
): Promise<Leave> {
  const ofDay = dayBudget(link);
  const wait = await takeAll(ctx, { budget: ofDay, wanted: recipients.length });
  if (wait !== null) {
    const message = `Expected at most ${MOST_A_DAY} mails about deliveries a day. Try again in ${waitInWords(wait)}, or hand out the link yourself.`;
    throw appError('rate_limited', message, { retryAfter: wait });
  }
  const untold: string[] = [];
  const waits: number[] = [];
  for (const recipient of recipients) {
    const left = await takeAll(ctx, { budget: hourBudget(link, recipient), wanted: 1 });
    if (left === null) untold.push(recipient);
    else waits.push(left);
  }
  if (waits.length > 0) await giveAllBack(ctx, { budget: ofDay, wanted: waits.length });
  const nobody = untold.length === 0 && waits.length > 0;
  return { untold, wait: nobody ? Math.min(...waits) : null };
}

/** Has these recipients told, for whom there is leave. */
export async function announce(
  tx: Tx,
  ctx: Context,
  { link, recipients }: { link: Link; recipients: readonly string[] },
): Promise<void> {
  if (recipients.length === 0) return;
  const { id, linkNumber } = link;
  const announcedAt = ctx.now();
  await tx.update(delivery).set({ announcedAt }).where(eq(delivery.id, id));
  await ctx.queue.enqueue(tx, announceDeliveryJob, {
    payload: {
      ...{ deliveryId: id, linkNumber, number: announcedAt.getTime() },
      recipients: [...recipients],
    },
  });
}

export function dayBudget({ organizationId }: Pick<Link, 'organizationId'>) {
  const key = `delivery-mails:${organizationId}`;
  return { policy: 'delivery-mails', key, quota: MOST_A_DAY, windowSeconds: 86_400 };
}

function hourBudget({ id, linkNumber }: Link, recipient: string) {
  const who = createHash('sha256').update(recipient).digest('hex').slice(0, 32);
  const key = `delivery-mail:${id}:${linkNumber}:${who}`;
  return { policy: 'delivery-mail', key, quota: 1, windowSeconds: 3600 };
}
