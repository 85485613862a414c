import type { Context } from 'hono';
import { AppError } from '../errors/index.ts';
import type { KernelEnv } from '../http/index.ts';
import {
  applyVerdict,
  type Budget,
  checkGuesses,
  noteGoodKey,
  noteUnknownKey,
  type RateLimiter,
} from '../rate-limit/index.ts';
import { hashApiKey } from './secret.ts';

/**
 * The key of a request, within its limits. Calls go on while the shared budgets cannot be reached;
 * guessing is counted by each process alone then.
 *
 * @throws `api_key_missing`, `api_key_invalid`, `rate_limited`.
 */
export async function admitKey<K>(
  c: Context<KernelEnv>,
  limiter: RateLimiter,
  by: {
    authorization: string | undefined;
    verify(authorization: string | undefined): Promise<K>;
    budgets(key: K): readonly Budget[];
  },
): Promise<K> {
  const hash = hashApiKey(by.authorization ?? '');
  const guess = { limiter, ip: c.get('ip'), hash };
  checkGuesses(guess);
  const key = await by.verify(by.authorization).catch(async (error: unknown) => {
    if (error instanceof AppError && error.code === 'api_key_invalid') await noteUnknownKey(guess);
    throw error;
  });
  noteGoodKey(guess);
  await countCall(c, limiter, by.budgets(key));
  return key;
}

/** Counts a call, and tells how its budgets stand. */
export async function countCall(
  c: Context<KernelEnv>,
  limiter: RateLimiter,
  budgets: readonly Budget[],
): Promise<void> {
  if (budgets.length > 0) applyVerdict(c, await limiter.take(budgets, 'pass'));
}
