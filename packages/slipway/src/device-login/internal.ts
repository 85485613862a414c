import { createHash, randomInt } from 'node:crypto';
import type { Tx } from '@repo/foundation/db';
import { appError } from '@repo/foundation/errors';
import { eq } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { type DeviceLoginRow, deviceLogin } from './table.ts';

/** Without vowels, so that no words come of it, and without look-alikes (RFC 8628, 6.1). */
const LETTERS = 'BCDFGHJKLMNPQRSTVWXZ';
const CODE_LENGTH = 8;

/** 34 bits, for ten minutes, by people who are signed in and may guess only so often. */
export const newUserCode = () =>
  Array.from({ length: CODE_LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('');

/** As it is shown: BCDF-GHJK. */
export const shownCode = (code: string) => `${code.slice(0, 4)}-${code.slice(4)}`;

export const hashDeviceCode = (code: string) => createHash('sha256').update(code).digest('hex');

const GUESSES = { quota: 20, windowSeconds: 600 };

/**
 * Does this in a transaction that holds the login which waits for an answer under this code. Whoever types codes
 * that there are not may do so only so often, and is then told nothing of right ones, either.
 *
 * @throws `not_found` also for one that is over, or has its answer; `rate_limited`.
 */
export async function withWaiting<T>(
  ctx: SlipwayContext,
  { userCode, userId }: { userCode: string; userId: string },
  work: (tx: Tx, row: DeviceLoginRow) => Promise<T>,
): Promise<T> {
  const budget = { policy: 'device-codes', key: `device-codes:${userId}`, ...GUESSES };
  // Before anything is looked at: guesses that come at once would all have room otherwise.
  const { refused } = await ctx.limiter.take([budget], 'count_alone');
  if (refused !== null) {
    const retryAfter = refused.retryAfterSeconds;
    throw appError('rate_limited', `Too many unknown codes. Try again in ${retryAfter} s.`, {
      retryAfter,
    });
  }
  const result = await ctx.db.transaction(async (tx) => work(tx, await waiting(tx, ctx, userCode)));
  await ctx.limiter.giveBack(budget);
  return result;
}

async function waiting(tx: Tx, ctx: SlipwayContext, userCode: string): Promise<DeviceLoginRow> {
  const [row] = await tx
    .select()
    .from(deviceLogin)
    .where(eq(deviceLogin.userCode, userCode))
    .for('update');
  if (row?.status === 'pending' && row.expiresAt > ctx.now()) return row;
  throw slipwayError(
    'not_found',
    'Expected the code that your terminal shows; this one is unknown, over, or was answered.',
  );
}
