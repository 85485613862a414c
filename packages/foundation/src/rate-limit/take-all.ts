import type { BaseContext } from '../context/index.ts';
import { isDatabaseError } from '../errors/index.ts';
import { retryAfterOf } from './budget.ts';
import { spend, type Wish } from './spend.ts';

/**
 * Spends all that is wanted of a shared budget, or nothing. For verbs, whichever transport they are called by; what
 * they do is not stopped while the budgets cannot be reached.
 *
 * @returns seconds after which there will be enough; null when it was spent
 */
export async function takeAll(
  ctx: Pick<BaseContext, 'db' | 'log'>,
  { budget, wanted }: Wish,
): Promise<number | null> {
  if (wanted === 0) return null;
  try {
    const { granted, spent } = await spendOne(ctx, { budget, wanted });
    if (granted === wanted) return null;
    if (granted > 0) await spendOne(ctx, { budget, wanted: -granted });
    return retryAfterOf(budget, spent - granted + wanted - 1);
  } catch (error) {
    // A mistake of ours must not open what a budget guards.
    if (!isDatabaseError(error)) throw error;
    ctx.log.warn({ err: error, policy: budget.policy }, 'a budget could not be reached');
    return null;
  }
}

/** Of what turned out not to be done. */
export async function giveAllBack(
  ctx: Pick<BaseContext, 'db' | 'log'>,
  { budget, wanted }: Wish,
): Promise<void> {
  await takeAll(ctx, { budget, wanted: -wanted });
}

async function spendOne({ db }: Pick<BaseContext, 'db'>, wish: Wish) {
  return (await spend(db, [wish])).get(wish.budget.key) ?? { granted: wish.wanted, spent: 0 };
}

/** `12 minutes`, for people. */
export function waitInWords(seconds: number): string {
  const [count, unit] =
    seconds < 3600 ? [Math.ceil(seconds / 60), 'minute'] : [Math.ceil(seconds / 3600), 'hour'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
