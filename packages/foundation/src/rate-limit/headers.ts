import type { Context } from 'hono';
import { type AppError, appError } from '../errors/index.ts';
import type { KernelEnv } from '../http/index.ts';
import type { Verdict } from './budget.ts';

/** The fields of draft-ietf-httpapi-ratelimit-headers-10: what there is, and how much of it is left. */
export function rateLimitHeaders({ standings }: Verdict): Record<string, string> {
  if (standings.length === 0) return {};
  const list = (item: (standing: Verdict['standings'][number]) => string) =>
    standings.map(item).join(', ');
  return {
    'ratelimit-policy': list(
      ({ budget }) => `"${budget.policy}";q=${budget.quota};w=${budget.windowSeconds}`,
    ),
    ratelimit: list(
      ({ budget, remaining, resetSeconds }) =>
        `"${budget.policy}";r=${remaining};t=${resetSeconds}`,
    ),
  };
}

/** Puts them on the answer, also when it becomes an error, and throws when the call is over a budget. */
export function applyVerdict(c: Context<KernelEnv>, verdict: Verdict): void {
  const { outgoing } = c.env;
  for (const [name, value] of Object.entries(rateLimitHeaders(verdict))) {
    // On Node's own response where there is one: Hono would have to make a whole `Response` for it.
    if (outgoing === undefined) c.header(name, value);
    else outgoing.setHeader(name, value);
  }
  if (verdict.refused !== null) throw rateLimited(verdict.refused);
}

function rateLimited({ budget, retryAfterSeconds }: NonNullable<Verdict['refused']>): AppError {
  const { policy, quota, windowSeconds } = budget;
  return appError(
    'rate_limited',
    `Expected at most ${quota} calls in ${windowSeconds} seconds ("${policy}"). Try again in ${retryAfterSeconds} s.`,
    { retryAfter: retryAfterSeconds, details: { policy, quota, windowSeconds } },
  );
}
