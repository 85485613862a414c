import type { MiddlewareHandler } from 'hono';
import type { KernelEnv } from '../http/index.ts';
import type { Budget } from './budget.ts';
import { clientKey } from './client-key.ts';
import type { RateLimiter } from './create-rate-limiter.ts';
import { applyVerdict } from './headers.ts';

interface Rule {
  paths: RegExp;
  policy: string;
  quota: number;
  windowSeconds: number;
  /** What succeeded is given back: only guesses count. */
  onlyFailures?: true;
}

/** For each address of a client; the first that fits. */
const RULES: readonly Rule[] = [
  { paths: /^\/sign-in\//, policy: 'sign-in', quota: 10, windowSeconds: 300, onlyFailures: true },
  { paths: /^\/sign-up\//, policy: 'sign-up', quota: 30, windowSeconds: 60 },
  {
    paths: /^\/(request-password-reset|forget-password|reset-password|change-password)/,
    policy: 'password-reset',
    quota: 5,
    windowSeconds: 900,
  },
  { paths: /^\//, policy: 'auth', quota: 120, windowSeconds: 60 },
];

/**
 * Limits guessing by the true address of the client, over all processes. While the shared budgets cannot
 * be reached each process counts alone: nobody gets to guess without a limit.
 */
export function limitSignIn(limiter: RateLimiter, prefix: string): MiddlewareHandler<KernelEnv> {
  return async (c, next) => {
    if (c.req.method !== 'POST') return next();
    const path = c.req.path.slice(prefix.length).toLowerCase();
    const rule = RULES.find(({ paths }) => paths.test(path));
    if (rule === undefined) return next();
    const budget = budgetOf(rule, c.get('ip'));
    applyVerdict(c, await limiter.take([budget], 'count_alone'));
    await next();
    if (rule.onlyFailures && c.res.ok) await limiter.giveBack(budget);
  };
}

function budgetOf({ policy, quota, windowSeconds }: Rule, ip: string | null): Budget {
  return { policy, key: `${policy}:${clientKey(ip)}`, quota, windowSeconds };
}
