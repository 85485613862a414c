export type { Budget, Verdict } from './budget.ts';
export { clientKey } from './client-key.ts';
export { createRateLimiter, type RateLimiter, type WhenDown } from './create-rate-limiter.ts';
export { checkGuesses, type Guess, noteGoodKey, noteUnknownKey } from './guess-guard.ts';
export { applyVerdict } from './headers.ts';
export { pruneRateBudgetsJob } from './jobs.ts';
export { limitSignIn } from './limit-sign-in.ts';
export { pruneRateBudgets } from './prune.ts';
export { budgetFor, Rate, rateVariable } from './rate.ts';
