import { AppError } from '@repo/foundation/errors';
import type { KernelEnv } from '@repo/foundation/http';
import { applyVerdict } from '@repo/foundation/rate-limit';
import type { Context } from 'hono';
import { hashApiKey } from '../api-key/internal.ts';
import { type VerifiedKey, verifyApiKey } from '../api-key/verify.ts';
import type { SlipwayContext } from '../context.ts';
import { budgetsOf } from './budgets.ts';
import { checkGuesses, noteGoodKey, noteUnknownKey } from './guess-guard.ts';

/**
 * The key of a request, within its limits. Uploads go on while the shared budgets cannot be reached;
 * guessing is counted by each process alone then.
 *
 * @throws `api_key_missing`, `api_key_invalid`, `rate_limited`.
 */
export async function admitKey(
  c: Context<KernelEnv>,
  ctx: SlipwayContext,
  authorization: string | undefined,
): Promise<VerifiedKey> {
  const hash = hashApiKey(authorization ?? '');
  const guess = { limiter: ctx.limiter, ip: c.get('ip'), hash };
  checkGuesses(guess);
  const key = await verifyApiKey(ctx, authorization).catch(async (error: unknown) => {
    if (error instanceof AppError && error.code === 'api_key_invalid') await noteUnknownKey(guess);
    throw error;
  });
  noteGoodKey(guess);
  await countCall(c, ctx, key);
  return key;
}

/** Counts a call for the key that it is made with, or that its token came from. */
export async function countCall(
  c: Context<KernelEnv>,
  ctx: SlipwayContext,
  key: Pick<VerifiedKey, 'actor' | 'project' | 'plan'>,
): Promise<void> {
  const budgets = budgetsOf(ctx, key);
  if (budgets.length > 0) applyVerdict(c, await ctx.limiter.take(budgets, 'pass'));
}
