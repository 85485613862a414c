import type { ResolvedOptions } from '../options/options.ts';
import type { TunableStep } from '../options/settings.ts';
import type { Rule, Safer } from './rules.ts';
import { saferOptions } from './safer.ts';

/** Steps that the small photo goes without, or nearly so: what they spoil shows in the finished one alone. */
const AT_FULL_SIZE: readonly TunableStep[] = ['denoise', 'sharpen'];

/**
 * Longer side up to which their work is seen in the copy of 768 pixels that is inspected. They reach a few
 * pixels; of larger photos the copy shows means over more than that, and its faults have other reasons.
 */
const LONGEST = 4 * 768;

/** The finished photo, and the faults of its own and of the small one. */
export type Finished = {
  readonly longSide: number;
  readonly broken: readonly Rule[];
  readonly brokenBefore: readonly Rule[];
};

/**
 * The options without the step that a fault of the finished photo must come from; `null`: there is no such
 * fault. The rules say which steps those are.
 */
export function saferAtFullSize(
  options: ResolvedOptions,
  { longSide, broken, brokenBefore }: Finished,
): ResolvedOptions | null {
  if (longSide > LONGEST) return null;
  const own = broken.filter((rule) => !brokenBefore.includes(rule));
  return saferOptions(
    options,
    own.map((rule) => ({ ...rule, safer: partOf(rule.safer) })),
  );
}

/** Of what a rule would do without, what happens at full size. */
function partOf(safer: Safer | null): Safer | null {
  if (safer === null) return null;
  const part = Object.entries(safer).filter(([name]) => AT_FULL_SIZE.some((step) => step === name));
  return part.length === 0 ? null : Object.fromEntries(part);
}
