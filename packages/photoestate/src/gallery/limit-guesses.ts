import type { KernelEnv } from '@repo/foundation/http';
import { applyVerdict, type RateLimiter } from '@repo/foundation/rate-limit';
import type { Context as HonoContext } from 'hono';
import type { Context } from '../context.ts';
import { appError } from '../errors.ts';
import { guessBudgets, pinBudget } from './guess-budgets.ts';
import { tellStudio } from './tell.ts';
import { type Found, findGallery } from './visit.ts';

interface Guess {
  limiter: RateLimiter;
  token: string;
}

/**
 * Counts a PIN before it is looked at; what comes back gives the guess back, for one that was right.
 *
 * @throws `rate_limited`; `pin_locked` when so many were wrong that the gallery waits for a new one.
 */
export async function limitGuesses(
  c: HonoContext<KernelEnv>,
  ctx: Context,
  { limiter, token }: Guess,
): Promise<() => Promise<void>> {
  const budgets = guessBudgets(c.var.ip, token);
  applyVerdict(c, await limiter.take(budgets, 'count_alone'));
  const giveBack = async () => {
    for (const budget of budgets) await limiter.giveBack(budget);
  };
  const found = await findGallery(ctx, { token });
  const ofPin = pinBudget(found.delivery);
  const { refused } = await limiter.take([ofPin], 'count_alone');
  if (refused !== null) {
    await giveBack();
    await tellOfGuesses(ctx, found);
    const message =
      'Too many wrong PINs were tried, so this gallery waits for a new one. Ask whoever sent you the link for it.';
    throw appError('pin_locked', message, { retryAfter: refused.retryAfterSeconds });
  }
  budgets.push(ofPin);
  return giveBack;
}

/** Once about each PIN. */
async function tellOfGuesses(ctx: Context, visit: Found): Promise<void> {
  const { id, pass } = visit.delivery;
  await ctx.db.transaction((tx) =>
    tellStudio(tx, ctx, {
      ...{ visit, kind: 'gallery_pin_guessed', about: `${id}:${pass}` },
      what: 'somebody guesses the PIN',
      body: 'So many wrong PINs were tried at the link that no PIN lets anybody in now. Set a new PIN, or make a new link, and tell it to your client.',
    }),
  );
}
