import { z } from 'zod';

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

/** A project's own limits, in place of its plan's: null for none. */
export const ProjectLimits = z.object({
  project: Rate.nullable().optional(),
  key: Rate.nullable().optional(),
});
export type ProjectLimits = z.infer<typeof ProjectLimits>;

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
