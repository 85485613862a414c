import { z } from 'zod';
import type { Budget } from './budget.ts';

/** So many calls at once; they come back evenly over the seconds. */
export interface Rate {
  calls: number;
  seconds: number;
}

const MOST = 1_000_000_000;
const DAY_SECONDS = 86_400;

export const Rate = z.object({
  calls: z.number().int('expected a whole number of calls').min(1).max(MOST),
  seconds: z.number().int('expected whole seconds').min(1).max(DAY_SECONDS),
});

const EXPECTED = 'expected calls/seconds, such as 600/60, or off';

/** `600/60`, or `off`, as an environment variable has it. */
export const rateVariable = z.string().transform((text, context): Rate | null => {
  if (text === 'off') return null;
  const [, calls, seconds] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  const rate = Rate.safeParse({ calls: Number(calls), seconds: Number(seconds) });
  if (rate.success) return rate.data;
  context.addIssue({ code: 'custom', message: EXPECTED });
  return z.NEVER;
});

/** The budget that a rate is, or none where it has no limit. */
export function budgetFor(policy: string, id: string, rate: Rate | null): Budget[] {
  if (rate === null) return [];
  return [{ policy, key: `${policy}:${id}`, quota: rate.calls, windowSeconds: rate.seconds }];
}
