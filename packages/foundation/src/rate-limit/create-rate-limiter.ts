import { type Db, perTurn } from '../db/index.ts';
import type { Logger, Metrics } from '../telemetry/index.ts';
import { type Budget, type Grant, retryAfterOf, standingOf, type Verdict } from './budget.ts';
import { spend, type Wish } from './spend.ts';
import { createLocalBudgets } from './spend-locally.ts';

/** What happens while the shared budgets cannot be reached: everything passes, or each process counts alone. */
export type WhenDown = 'pass' | 'count_alone';

export interface RateLimiter {
  /** Spends one unit of each budget, in this order; of the later ones only if the earlier ones had some. */
  take(budgets: readonly Budget[], whenDown: WhenDown): Promise<Verdict>;
  /** Gives a unit back, of something that turned out not to count. */
  giveBack(budget: Budget): Promise<void>;
}

type Call = Wish & { whenDown: WhenDown };
/** Null where nobody counted. */
type Answer = { granted: boolean; spent: number } | null;

const MOST_CALLS = 500;
/** So long nobody asks a store that just failed. */
const PAUSE_MS = 1_000;

/**
 * Budgets that all processes share, in Postgres. Calls of one turn of the event loop are one statement,
 * which grants to each key what it has: exact, however many processes ask.
 */
export function createRateLimiter(options: { db: Db; log: Logger; metrics: Metrics }): RateLimiter {
  const { db, log, metrics } = options;
  const failures = metrics.counter(
    'rate_limiter_failures_total',
    'Times that the shared budgets could not be reached, so that calls passed or were counted by this process alone',
  );
  const refusals = metrics.counter('rate_limited_total', 'Calls that were over a budget');
  const spendLocally = createLocalBudgets();
  let pausedUntil = 0;

  async function grantsOf(wishes: readonly Wish[]): Promise<Map<string, Grant> | null> {
    if (Date.now() < pausedUntil) return null;
    try {
      return await spend(db, wishes);
    } catch (error) {
      pausedUntil = Date.now() + PAUSE_MS;
      failures.inc();
      log.warn({ err: error }, 'rate limits cannot be shared: their table did not answer');
      return null;
    }
  }

  const ask = perTurn<Call, Answer>(
    async (calls) => {
      const wishes = sumUp(calls);
      const shared = await grantsOf(wishes);
      if (shared !== null) return shareOut(calls, shared);
      const counted = calls.filter(({ whenDown }) => whenDown === 'count_alone');
      return shareOut(calls, spendLocally(sumUp(counted), Date.now()));
    },
    { most: MOST_CALLS, oneAtATime: true },
  );

  return {
    async take(budgets, whenDown) {
      const standings = [];
      for (const budget of budgets) {
        const answer = await ask({ budget, wanted: 1, whenDown });
        if (answer === null) continue;
        standings.push(standingOf(budget, answer.spent));
        if (answer.granted) continue;
        refusals.inc();
        const retryAfterSeconds = retryAfterOf(budget, answer.spent);
        return { standings, refused: { budget, retryAfterSeconds } };
      }
      return { standings, refused: null };
    },
    async giveBack(budget) {
      await ask({ budget, wanted: -1, whenDown: 'count_alone' });
    },
  };
}

function sumUp(calls: readonly Wish[]): Wish[] {
  const byKey = new Map<string, Wish>();
  for (const { budget, wanted } of calls) {
    const before = byKey.get(budget.key)?.wanted ?? 0;
    byKey.set(budget.key, { budget, wanted: before + wanted });
  }
  return [...byKey.values()];
}

/** Whoever came first gets what there is. */
function shareOut(calls: readonly Call[], grants: ReadonlyMap<string, Grant>): Answer[] {
  const left = new Map([...grants].map(([key, { granted }]) => [key, granted]));
  for (const { budget, wanted } of calls) {
    if (wanted < 0) left.set(budget.key, (left.get(budget.key) ?? 0) - wanted);
  }
  return calls.map(({ budget, wanted }) => {
    const grant = grants.get(budget.key);
    if (grant === undefined) return null;
    const mine = left.get(budget.key) ?? 0;
    if (wanted > 0) left.set(budget.key, mine - wanted);
    return { granted: mine >= wanted, spent: grant.spent };
  });
}
